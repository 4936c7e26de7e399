package io.pgclonedb.it.calls;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The one way in which a test calls functions: straight, or over the wire. */
public interface Calls {
    /**
     * Logs a client in.
     *
     * @param options the {@code options} of its startup packet, possibly empty
     */
    Session login(String role, String password, String database, String options) throws SQLException;

    /** Calls a function in a client's session, with named arguments; returns at once. */
    CompletableFuture<CallResult> start(Session caller, String function, Map<String, ?> arguments) throws SQLException;

    /** The same, and waits for the end. */
    default CallResult call(Session caller, String function, Map<String, ?> arguments) throws Exception {
        return start(caller, function, arguments).get(60, TimeUnit.SECONDS);
    }

    /**
     * A client's session.
     *
     * @param role as which it logged in
     * @param connection for what else the client does
     */
    record Session(String role, String database, Connection connection) implements AutoCloseable {
        /** Runs plain SQL in the session. */
        public void execute(String command) throws SQLException {
            try (var statement = connection.createStatement()) {
                statement.execute(command);
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
