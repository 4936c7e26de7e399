package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a call is to end before its time, and the connection whose statement then has to be stopped. Thread-safe.
 *
 * <p>The server forgets a cancel that arrives between two statements, so it is sent again and again until the call has ended or
 * {@link #release} says that no statement may be stopped any more.
 */
final class Cancellation {
    private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);
    private static final long REPEAT_MILLIS = 100;

    private final ScheduledExecutorService scheduler;
    private final AtomicReference<@Nullable PgException> reason = new AtomicReference<>();
    private @Nullable Connection working;

    Cancellation(ScheduledExecutorService scheduler) {
        this.scheduler = scheduler;
    }

    /** Asks the call to end with this error; the first one counts. Returns at once. */
    void cancel(PgException error) {
        if (reason.compareAndSet(null, error)) {
            scheduleStop(0);
        }
    }

    /** The same with the 57014 of a reason. */
    void cancel(CancelReason why) {
        cancel(PgException.error(SqlState.QUERY_CANCELED, why.message()));
    }

    /** The error the call is to end with, or null. */
    @Nullable
    PgException reason() {
        return reason.get();
    }

    /** Throws that error, if there is one. To be called where the operation can be left. */
    void check() {
        PgException error = reason.get();
        if (error != null) {
            throw error;
        }
    }

    /** From now on it is the statements of this connection that are stopped. */
    synchronized void guard(Connection connection) {
        working = connection;
        if (reason.get() != null) {
            scheduleStop(0);
        }
    }

    /** When it returns no cancel is under way and none will be sent. */
    synchronized void release() {
        working = null;
    }

    private void scheduleStop(long delayMillis) {
        try {
            ScheduledFuture<?> unused = scheduler.schedule(this::stop, delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopping) {
            LOG.debug("a cancel came after the proxy had stopped");
        }
    }

    private synchronized void stop() {
        Connection connection = working;
        if (connection == null) {
            return;
        }
        try {
            // Returns when the server has passed the signal on.
            connection.unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException failure) {
            LOG.debug("a cancel did not get through and is sent again", failure);
        }
        scheduleStop(REPEAT_MILLIS);
    }
}
