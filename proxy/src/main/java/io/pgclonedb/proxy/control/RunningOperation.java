package io.pgclonedb.proxy.control;

import io.pgclonedb.proxy.admin.ServerErrors;
import io.pgclonedb.proxy.error.PgException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * An operation whose intent is recorded and that every proxy can see to be alive, by a lock on a connection of its own. {@link
 * #close} lets go of the lock; a row that is not finished by then is settled from the catalogs. Thread-safe.
 */
public final class RunningOperation implements AutoCloseable {
    private final long id;
    private final Connection lock;
    private final ControlDatabase control;
    private final AuditLog audit;
    private final Runnable onClose;

    RunningOperation(long id, Connection lock, ControlDatabase control, AuditLog audit, Runnable onClose) {
        this.id = id;
        this.lock = lock;
        this.control = control;
        this.audit = audit;
        this.onClose = onClose;
    }

    /** The id of its row in the audit. */
    public long id() {
        return id;
    }

    /**
     * Says which admin connection is about to run the operation's statements; to be called before the first of them. Should
     * this proxy die, nothing is settled while that session of the server is there.
     *
     * @throws PgException 55000 when it cannot be recorded: the statement must not run then
     */
    public void runsOn(Connection admin) {
        try {
            int pid = admin.unwrap(PGConnection.class).getBackendPID();
            update(
                    "UPDATE control.audit SET admin_pid = ?, admin_backend_start ="
                            + " (SELECT backend_start FROM pg_catalog.pg_stat_activity WHERE pid = ?) WHERE id = ?",
                    statement -> {
                        statement.setInt(1, pid);
                        statement.setInt(2, pid);
                        statement.setLong(3, id);
                    });
        } catch (SQLException failure) {
            throw control.unavailable(failure);
        }
    }

    /**
     * Keeps facts for the {@link Settler}, such as the OID of the database to be; a later value of the same name replaces an
     * earlier one.
     *
     * @throws PgException 55000 when it cannot be recorded
     */
    public void note(Map<String, @Nullable Object> facts) {
        try {
            update("UPDATE control.audit SET notes = notes || ?::pg_catalog.jsonb WHERE id = ?", statement -> {
                statement.setString(1, AuditText.json(facts));
                statement.setLong(2, id);
            });
        } catch (SQLException failure) {
            throw control.unavailable(failure);
        }
    }

    /**
     * Records how it ended, on another connection when its own is broken.
     *
     * @param sqlState null on success
     * @return false when another proxy, which saw the lock free, had settled it before
     * @throws PgException 55000 when it cannot be recorded: a proxy will settle it from the catalogs later
     */
    public synchronized boolean finish(Outcome outcome, @Nullable String sqlState, @Nullable String message) {
        try {
            return audit.finish(lock, id, outcome, sqlState, message);
        } catch (PgException broken) {
            try (Connection connection = control.connection()) {
                return audit.finish(connection, id, outcome, sqlState, message);
            } catch (SQLException failure) {
                throw ServerErrors.pgException(failure);
            }
        }
    }

    private interface Parameters {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private synchronized void update(String command, Parameters parameters) throws SQLException {
        try (PreparedStatement statement = lock.prepareStatement(command)) {
            parameters.bind(statement);
            statement.executeUpdate();
        }
    }

    /** Lets go of the lock. Does nothing the second time. */
    @Override
    public synchronized void close() {
        try {
            lock.close();
        } catch (SQLException alreadyBroken) {
            // The server lets go of the locks of a broken connection by itself.
        } finally {
            onClose.run();
        }
    }
}
