package io.pgclonedb.proxy.control;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which operations run, in this proxy and in the others, and what became of those whose proxy died. The key of an operation's
 * advisory lock is the id of its row (PostgreSQL documentation, "Advisory Locks"). Thread-safe; blocks.
 */
public final class RunningOperations {
    private static final Logger LOG = LoggerFactory.getLogger(RunningOperations.class);

    /** Whether the session that ran the statements of row {@code a} is still there; a pid alone may be somebody else's. */
    static final String ADMIN_SESSION_LIVES = "EXISTS (SELECT FROM pg_catalog.pg_stat_activity AS s"
            + " WHERE s.pid = a.admin_pid AND s.backend_start = a.admin_backend_start)";

    private static final String UNSETTLED = "SELECT a.caller_oid, a.operation, a.target, a.arguments::pg_catalog.text,"
            + " a.notes::pg_catalog.text, a.started_at, " + ADMIN_SESSION_LIVES
            + " FROM control.audit AS a WHERE a.id = ? AND a.outcome = 'running' FOR UPDATE";

    private static final String SETTLED_LATER =
            "the proxy that ran this ended before it did; the outcome is what the catalogs show";

    private final ControlDatabase control;
    private final AuditLog audit;
    private final Set<Long> own = ConcurrentHashMap.newKeySet();

    /** Of the given control database. */
    public RunningOperations(ControlDatabase control, AuditLog audit) {
        this.control = control;
        this.audit = audit;
    }

    /**
     * Commits the intent row with its lock already held, so that no proxy ever sees the one without the other.
     *
     * @throws io.pgclonedb.proxy.error.PgException 55000: no row, so no operation
     */
    public RunningOperation begin(AuditEntry entry) {
        Connection lock = control.dedicated();
        try {
            return begin(lock, entry);
        } catch (SQLException failure) {
            discard(lock);
            throw control.unavailable(failure);
        } catch (RuntimeException failure) {
            discard(lock);
            throw failure;
        }
    }

    private RunningOperation begin(Connection lock, AuditEntry entry) throws SQLException {
        lock.setAutoCommit(false);
        long id = audit.intent(lock, entry);
        own.add(id);
        try {
            lock(lock, id);
            lock.commit();
            lock.setAutoCommit(true);
        } catch (SQLException failure) {
            own.remove(id);
            throw failure;
        }
        return new RunningOperation(id, lock, control, audit, () -> own.remove(id));
    }

    private static void lock(Connection connection, long id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_catalog.pg_advisory_lock(?)")) {
            statement.setLong(1, id);
            statement.execute();
        }
    }

    private static void discard(Connection connection) {
        try {
            connection.close();
        } catch (SQLException alreadyBroken) {
            LOG.debug("closing a broken connection", alreadyBroken);
        }
    }

    /**
     * Settles every operation that nobody runs any more: its lock is free and its session of the server has ended. A row is
     * settled once, by whichever proxy comes first.
     *
     * @return how many were settled
     * @throws io.pgclonedb.proxy.error.PgException 55000 when the control database is away
     */
    public int settle(Settler settler) {
        int settled = 0;
        for (long id : running()) {
            try {
                if (!own.contains(id) && settleOne(id, settler)) {
                    settled++;
                }
            } catch (RuntimeException failure) {
                LOG.warn("operation {} cannot be settled now: {}", id, failure.getMessage(), failure);
            }
        }
        return settled;
    }

    /** Ids of all rows that are not settled, oldest first. */
    private List<Long> running() {
        try (Connection connection = control.connection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT id FROM control.audit WHERE outcome = 'running' ORDER BY id")) {
            List<Long> ids = new ArrayList<>();
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
            return ids;
        } catch (SQLException failure) {
            throw control.unavailable(failure);
        }
    }

    private boolean settleOne(long id, Settler settler) {
        Optional<String> line = control.transaction(connection -> {
            UnsettledOperation operation = tryLock(connection, id) ? unsettled(connection, id) : null;
            if (operation == null) {
                return Optional.empty();
            }
            Outcome outcome = settler.settle(operation).orElse(Outcome.UNKNOWN);
            return outcome == Outcome.RUNNING
                    ? Optional.empty()
                    : Optional.ofNullable(AuditLog.settle(connection, id, outcome, sqlState(outcome), SETTLED_LATER));
        });
        line.ifPresent(AuditLog::log);
        return line.isPresent();
    }

    private static boolean tryLock(Connection connection, long id) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_catalog.pg_try_advisory_xact_lock(?)")) {
            statement.setLong(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** The row, or null when it is settled or the server still runs it. */
    private static @Nullable UnsettledOperation unsettled(Connection connection, long id) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UNSETTLED)) {
            statement.setLong(1, id);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next() || row.getBoolean(7)) {
                    return null;
                }
                return new UnsettledOperation(
                        id,
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        AuditText.members(row.getString(4)),
                        AuditText.members(row.getString(5)),
                        row.getTimestamp(6).toInstant());
            }
        }
    }

    /** connection_failure, or transaction_resolution_unknown. */
    private static @Nullable String sqlState(Outcome outcome) {
        return switch (outcome) {
            case UNKNOWN -> "08007";
            case FAILED, DENIED -> "08006";
            case SUCCEEDED, RUNNING -> null;
        };
    }
}
