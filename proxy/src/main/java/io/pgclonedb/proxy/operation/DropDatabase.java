package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.admin.ServerErrors;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code drop_database}. */
final class DropDatabase implements Operation.Staged {
    private static final Logger LOG = LoggerFactory.getLogger(DropDatabase.class);

    private final AdminLogin login;
    private final Duration lockTimeout;

    /** {@code lockTimeout} bounds the wait for terminated sessions to be gone. */
    DropDatabase(AdminLogin login, Duration lockTimeout) {
        this.login = login;
        this.lockTimeout = lockTimeout;
    }

    @Override
    public Stage prepare(OperationCall call, Connection admin) throws SQLException {
        String name = call.text("dbname");
        NameLock.forSession(admin, name);
        Database database = Database.require(admin, name);
        if (call.context().database().equals(name)) {
            throw PgException.error(SqlState.OBJECT_IN_USE, "cannot drop the currently open database")
                    .withDetail("This session is connected to database \"" + name + "\" itself.")
                    .withHint("Connect to another database, such as postgres, and repeat the call from there.");
        }
        if (database.template()) {
            throw PgException.error(SqlState.OBJECT_IN_USE, "cannot drop the template database \"" + name + "\"")
                    .withDetail("It is kept closed as a template, which protects it against being dropped.")
                    .withHint("Open it first with SELECT pgclonedb.open_database(" + Quoted.literal(name) + ").");
        }
        DatabaseUses.requireNone(admin, database);
        boolean force = call.arguments().flag("force");
        return recorded -> force && !database.invalid() ? forced(call, admin, database) : plain(admin, database);
    }

    /** The server waits some seconds for sessions to end by themselves. */
    private static String plain(Connection admin, Database database) throws SQLException {
        try {
            Ddl.execute(admin, "DROP DATABASE %I", database.name());
        } catch (SQLException failure) {
            if (SqlState.OBJECT_IN_USE.code().equals(failure.getSQLState())) {
                throw busy(admin, database, ServerErrors.pgException(failure));
            }
            throw failure;
        }
        return "database \"" + database.name() + "\" dropped";
    }

    private static PgException busy(Connection admin, Database database, PgException failure) throws SQLException {
        List<DatabaseSession> sessions = DatabaseSessions.blocking(admin, database);
        if (sessions.isEmpty()) {
            return failure;
        }
        return PgException.error(
                        SqlState.OBJECT_IN_USE, "database \"" + database.name() + "\" is being accessed by other users")
                .withDetail(DatabaseSession.detail(sessions))
                .withHint("End these sessions, or repeat the call with force := true.");
    }

    /**
     * Closes the database before it ends the sessions, so that none comes back. What uses the database is looked at a second
     * time after that: DROP DATABASE would take an idle logical replication slot along without a word, and now that nobody can
     * connect there will be no new one.
     */
    private String forced(OperationCall call, Connection admin, Database database) throws SQLException {
        SessionEnding sessions = new SessionEnding(admin, call.cancellation());
        try {
            if (database.allowConnections()) {
                Ddl.execute(admin, "ALTER DATABASE %I WITH ALLOW_CONNECTIONS false", database.name());
            }
            List<DatabaseSession> left = sessions.terminate(database, lockTimeout);
            if (!left.isEmpty()) {
                throw PgException.error(
                                SqlState.OBJECT_IN_USE,
                                "database \"" + database.name() + "\" is still being accessed by other users")
                        .withDetail(DatabaseSession.detail(left))
                        .withHint("Repeat the call; if that does not help, ask the superuser to look at these"
                                + " processes.");
            }
            DatabaseUses.requireNone(admin, database);
            call.cancellation().check();
            Ddl.execute(admin, "DROP DATABASE %I WITH (FORCE)", database.name());
        } catch (SQLException failure) {
            throw reopened(database, ServerErrors.pgException(failure));
        } catch (PgException failure) {
            throw reopened(database, failure);
        }
        return "database \"" + database.name() + "\" dropped" + sessions.terminatedText();
    }

    /** Lets clients in again when the database is still there; over a connection that no cancel can reach. */
    private PgException reopened(Database database, PgException failure) {
        if (!database.allowConnections()) {
            return failure;
        }
        try (Connection fresh = login.connect()) {
            Optional<Database> left =
                    Database.find(fresh, database.name()).filter(now -> now.oid() == database.oid() && !now.invalid());
            if (left.isPresent()) {
                Ddl.execute(fresh, "ALTER DATABASE %I WITH ALLOW_CONNECTIONS true", database.name());
            }
            return failure;
        } catch (SQLException | PgException unopened) {
            LOG.warn(
                    "a database that was to be dropped could not be opened again: {}", unopened.getMessage(), unopened);
            return failure.withHint("The database accepts no connections now; open it with SELECT"
                    + " pgclonedb.open_database(" + Quoted.literal(database.name()) + "), or repeat the call.");
        }
    }
}
