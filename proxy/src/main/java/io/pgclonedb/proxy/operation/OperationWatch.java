package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, from a second admin connection, at an operation that takes long: tells the caller how far it is, and ends it when it
 * waits for a lock of the caller's own session, which itself waits for the operation.
 */
final class OperationWatch {
    private static final Logger LOG = LoggerFactory.getLogger(OperationWatch.class);
    private static final long EVERY_MILLIS = 1000;
    private static final int LOOKS_A_NOTICE = 2;
    private static final String BLOCKED = "SELECT ? = ANY (pg_catalog.pg_blocking_pids(?))";

    private final AdminLogin login;
    private final OperationCall call;
    private final int adminPid;
    private final Progress progress;
    private final long startedNanos = System.nanoTime();
    private @Nullable ScheduledFuture<?> looks;
    private @Nullable Connection connection;
    private int looked;

    private OperationWatch(AdminLogin login, OperationCall call, int adminPid, Progress progress) {
        this.login = login;
        this.call = call;
        this.adminPid = adminPid;
        this.progress = progress;
    }

    /** Begins to look after a second; {@code adminPid} is the server process that runs the operation. */
    static OperationWatch start(
            AdminLogin login, ScheduledExecutorService scheduler, OperationCall call, int adminPid, Progress progress) {
        OperationWatch watch = new OperationWatch(login, call, adminPid, progress);
        synchronized (watch) {
            watch.looks =
                    scheduler.scheduleWithFixedDelay(watch::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        }
        return watch;
    }

    private synchronized void look() {
        if (looks == null) {
            return;
        }
        looked++;
        try {
            Connection watching = connection();
            if (blockedByCaller(watching)) {
                call.cancellation()
                        .cancel(
                                PgException.error(
                                                SqlState.OBJECT_IN_USE,
                                                "the call waits for a lock that its own session holds")
                                        .withDetail(
                                                "The session waits for the call in turn, so neither would ever end.")
                                        .withHint(
                                                "End the session's transaction with COMMIT or ROLLBACK, then repeat the call."));
            }
            if (looked % LOOKS_A_NOTICE == 0) {
                progress.look(watching, Duration.ofNanos(System.nanoTime() - startedNanos));
            }
        } catch (SQLException | RuntimeException failure) {
            // To know how far the operation is, is worth less than the operation.
            LOG.debug("cannot look after a running operation", failure);
            disconnect();
        }
    }

    private Connection connection() {
        Connection open = connection;
        if (open == null) {
            open = login.connect();
            connection = open;
        }
        return open;
    }

    private boolean blockedByCaller(Connection watching) throws SQLException {
        try (PreparedStatement statement = watching.prepareStatement(BLOCKED)) {
            statement.setInt(1, call.context().backendPid());
            statement.setInt(2, adminPid);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException alreadyBroken) {
                LOG.debug("closing a broken connection", alreadyBroken);
            }
        }
    }

    /** When it returns no notice is under way and none will come. */
    synchronized void close() {
        ScheduledFuture<?> planned = looks;
        looks = null;
        if (planned != null) {
            planned.cancel(false);
        }
        disconnect();
    }
}
