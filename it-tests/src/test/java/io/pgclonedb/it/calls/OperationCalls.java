package io.pgclonedb.it.calls;

import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.policy.Arguments;
import io.pgclonedb.policy.Function;
import io.pgclonedb.policy.FunctionCatalog;
import io.pgclonedb.proxy.operation.CallContext;
import io.pgclonedb.proxy.operation.CallRequest;
import io.pgclonedb.proxy.operation.CallService;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** Hands calls to the call service as a proxy would; the sessions are the server's own. */
final class OperationCalls implements Calls {
    private final PostgresServer server;
    private final CallService service;

    OperationCalls(PostgresServer server, CallService service) {
        this.server = server;
        this.service = service;
    }

    @Override
    public Session login(String role, String password, String database, String options) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {server.host()});
        source.setPortNumbers(new int[] {server.port()});
        source.setDatabaseName(database);
        source.setUser(role);
        source.setPassword(password);
        if (!options.isEmpty()) {
            source.setOptions(options);
        }
        return new Session(role, database, source.getConnection());
    }

    @Override
    public CompletableFuture<CallResult> start(Session caller, String name, Map<String, ?> arguments)
            throws SQLException {
        Function function = FunctionCatalog.find(name).orElseThrow();
        Map<String, @Nullable Object> given = new LinkedHashMap<>(arguments);
        CallContext context = new CallContext(
                caller.role(), pid(caller.connection()), caller.database(), "192.0.2.7", "threat test", null, false);
        CallRequest request = new CallRequest(context, function, new Arguments(function, given));
        return PendingCall.start(service, request).result();
    }

    private static int pid(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }
}
