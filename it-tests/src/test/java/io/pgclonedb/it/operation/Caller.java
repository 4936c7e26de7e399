package io.pgclonedb.it.operation;

import io.pgclonedb.it.calls.CallResult;
import io.pgclonedb.it.calls.PendingCall;
import io.pgclonedb.policy.Arguments;
import io.pgclonedb.policy.Function;
import io.pgclonedb.policy.FunctionCatalog;
import io.pgclonedb.proxy.operation.CallContext;
import io.pgclonedb.proxy.operation.CallRequest;
import io.pgclonedb.proxy.operation.CallService;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** A real session of the server, and the calls that a proxy would make for it. */
final class Caller implements AutoCloseable {
    private final CallService service;
    private final Connection session;
    private final String database;
    private final String role;
    private final int pid;

    Caller(CallService service, Connection session, String database, String role) throws SQLException {
        this.service = service;
        this.session = session;
        this.database = database;
        this.role = role;
        this.pid = OperationServer.pid(session);
    }

    Connection session() {
        return session;
    }

    /** The same session behind another proxy. */
    Caller through(CallService otherProxy) throws SQLException {
        return new Caller(otherProxy, session, database, role);
    }

    /** Names and values in turn; waits for the end of the call. */
    CallResult call(String function, Object... arguments) throws Exception {
        return start(function, arguments).await();
    }

    PendingCall start(String function, Object... arguments) {
        return start(null, function, arguments);
    }

    /** With a statement_timeout. */
    PendingCall start(Duration timeout, String functionName, Object... arguments) {
        Function function = FunctionCatalog.find(functionName).orElseThrow();
        Map<String, Object> given = new LinkedHashMap<>();
        for (int at = 0; at < arguments.length; at += 2) {
            given.put((String) arguments[at], arguments[at + 1]);
        }
        CallContext context = new CallContext(role, pid, database, "192.0.2.7", "operation test", timeout, false);
        return PendingCall.start(service, new CallRequest(context, function, new Arguments(function, given)));
    }

    void execute(String command) throws SQLException {
        try (var statement = session.createStatement()) {
            statement.execute(command);
        }
    }

    @Override
    public void close() throws SQLException {
        session.close();
    }
}
