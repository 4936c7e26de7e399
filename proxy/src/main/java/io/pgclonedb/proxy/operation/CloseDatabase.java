package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.admin.ServerErrors;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** {@code close_database}: locks a database as a template that nobody can connect to. */
final class CloseDatabase implements Operation.Staged {
    /** For sessions whose client has just left: the server process takes a moment to follow. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final AdminLogin login;
    private final Duration lockTimeout;

    /** {@code lockTimeout} bounds the wait for terminated sessions to be gone. */
    CloseDatabase(AdminLogin login, Duration lockTimeout) {
        this.login = login;
        this.lockTimeout = lockTimeout;
    }

    @Override
    public Stage prepare(OperationCall call, Connection admin) throws SQLException {
        String name = call.text("dbname");
        NameLock.forSession(admin, name);
        Database database = Database.require(admin, name).requireUsable();
        if (call.context().database().equals(name)) {
            throw PgException.error(SqlState.OBJECT_IN_USE, "cannot close the currently open database")
                    .withDetail("This session is connected to database \"" + name + "\" itself.")
                    .withHint("Connect to another database, such as postgres, and repeat the call from there.");
        }
        SessionEnding sessions = new SessionEnding(admin, call.cancellation());
        if (call.arguments().flag("terminate_backends")) {
            return recorded -> terminating(admin, database, sessions);
        }
        requireNone(database, sessions.await(database, GRACE));
        return recorded -> gently(admin, database, sessions);
    }

    private String terminating(Connection admin, Database database, SessionEnding sessions) throws SQLException {
        boolean wasClosed = database.closed();
        if (!wasClosed) {
            close(admin, database);
        }
        try {
            requireEnded(database, sessions.terminate(database, lockTimeout));
        } catch (SQLException failure) {
            throw stillOccupied(ServerErrors.pgException(failure));
        } catch (PgException failure) {
            throw stillOccupied(failure);
        }
        return answer(database, sessions, wasClosed);
    }

    private static void requireEnded(Database database, List<DatabaseSession> left) {
        if (!left.isEmpty()) {
            throw PgException.error(
                            SqlState.OBJECT_IN_USE,
                            "database \"" + database.name() + "\" is still being accessed by other users")
                    .withDetail(DatabaseSession.detail(left));
        }
    }

    private static PgException stillOccupied(PgException failure) {
        String closed = "The database is closed, but not all of its sessions may have ended.";
        return failure.withDetail(failure.detail() == null ? closed : closed + " " + failure.detail())
                .withHint("Repeat the call; if that does not help, ask the superuser to look at the processes.");
    }

    /**
     * The flags cannot wait in an open transaction for the sessions to be counted: until it commits, new sessions come in. So
     * they are set first, which turns newcomers away, and set back when somebody had slipped in after the first look.
     */
    private String gently(Connection admin, Database database, SessionEnding sessions) throws SQLException {
        boolean wasClosed = database.closed();
        if (wasClosed) {
            return answer(database, sessions, true);
        }
        try {
            close(admin, database);
            requireNone(database, DatabaseSessions.blocking(admin, database));
        } catch (SQLException | PgException failure) {
            restore(database);
            throw failure;
        }
        return answer(database, sessions, false);
    }

    private static void close(Connection admin, Database database) throws SQLException {
        Ddl.execute(admin, "ALTER DATABASE %I WITH ALLOW_CONNECTIONS false IS_TEMPLATE true", database.name());
    }

    /** Over a connection that no cancel can reach. */
    private void restore(Database database) throws SQLException {
        try (Connection fresh = login.connect()) {
            Ddl.execute(
                    fresh,
                    "ALTER DATABASE %I WITH ALLOW_CONNECTIONS " + database.allowConnections() + " IS_TEMPLATE "
                            + database.template(),
                    database.name());
        }
    }

    private static void requireNone(Database database, List<DatabaseSession> sessions) {
        if (!sessions.isEmpty()) {
            throw PgException.error(
                            SqlState.OBJECT_IN_USE,
                            "database \"" + database.name() + "\" is being accessed by other users")
                    .withDetail(DatabaseSession.detail(sessions))
                    .withHint("End these sessions, or repeat the call with terminate_backends := true.");
        }
    }

    private static String answer(Database database, SessionEnding sessions, boolean wasClosed) {
        return "database \"" + database.name() + "\" " + (wasClosed ? "is already closed" : "closed")
                + sessions.terminatedText();
    }
}
