package io.pgclonedb.proxy.control;

import io.pgclonedb.proxy.error.PgException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a cancel from the proxy it arrived at to the one that runs the operation, by LISTEN and NOTIFY in the control
 * database. Only a digest of the key travels. One daemon thread listens on a connection of its own and, by asking the server
 * something every few seconds, also keeps {@link ControlDatabase#up} true to life. Thread-safe.
 */
public final class CancelBus implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CancelBus.class);
    private static final String CHANNEL = "pgclonedb_cancel";
    private static final Pattern PAYLOAD = Pattern.compile("(-?\\d{1,10}) ([0-9a-f]{64})");
    private static final int WAIT_MILLIS = 2_000;
    private static final int ANSWER_MILLIS = 10_000;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final ControlDatabase control;
    private final CancelListener listener;
    private final Thread thread;
    private volatile boolean closed;

    private CancelBus(ControlDatabase control, CancelListener listener) {
        this.control = control;
        this.listener = listener;
        this.thread = new Thread(this::run, "pgclonedb-cancel-bus");
        thread.setDaemon(true);
    }

    /** Starts to listen; cancels of before are lost, as they would have come too early anyway. */
    public static CancelBus start(ControlDatabase control, CancelListener listener) {
        CancelBus bus = new CancelBus(control, listener);
        bus.thread.start();
        return bus;
    }

    /**
     * Tells every proxy, this one too. Blocks: not for an event loop.
     *
     * @param keyDigestSha256 32 bytes
     * @throws PgException 55000 when the control database is away
     */
    public void publish(int backendPid, byte[] keyDigestSha256) {
        try (Connection connection = control.connection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT pg_catalog.pg_notify(?, ?) WHERE NOT pg_catalog.pg_is_in_recovery()")) {
            statement.setString(1, CHANNEL);
            statement.setString(2, backendPid + " " + HexFormat.of().formatHex(keyDigestSha256));
            statement.execute();
        } catch (SQLException failure) {
            throw control.unavailable(failure);
        }
    }

    private void run() {
        long pause = 100;
        while (!closed) {
            try (Connection connection = control.dedicated()) {
                connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
                if (ControlDatabaseCreation.inRecovery(connection)) {
                    // A standby has no notifications, and nothing runs there that could be cancelled.
                    sleep(LONGEST_PAUSE_MILLIS);
                    continue;
                }
                execute(connection, "LISTEN " + CHANNEL);
                pause = 100;
                listen(connection);
            } catch (SQLException | RuntimeException failure) {
                if (!closed) {
                    control.unavailable(failure);
                    LOG.warn("the control database is away: {}", failure.getMessage());
                    sleep(pause);
                    pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
                }
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        while (!closed) {
            PGNotification @Nullable [] notifications = postgres.getNotifications(WAIT_MILLIS);
            if (notifications != null) {
                for (PGNotification notification : notifications) {
                    dispatch(notification.getParameter());
                }
            }
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT 1")) {
                row.next();
            }
        }
    }

    private void dispatch(String payload) {
        Matcher matcher = PAYLOAD.matcher(payload);
        if (!matcher.matches()) {
            LOG.warn("a notification on channel {} is not a cancel", CHANNEL);
            return;
        }
        try {
            int pid = Integer.parseInt(matcher.group(1));
            listener.cancel(pid, HexFormat.of().parseHex(matcher.group(2)));
        } catch (RuntimeException failure) {
            LOG.warn("a cancel of another proxy could not be served", failure);
        }
    }

    private static void execute(Connection connection, String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException end) {
            closed = true;
        }
    }

    /** Ends the thread within a few seconds. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
