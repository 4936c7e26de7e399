package io.pgclonedb.it.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.waiting.Eventually;
import io.pgclonedb.proxy.control.CancelBus;
import io.pgclonedb.proxy.control.ControlDatabase;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CancelBusIT {

    private final ControlServer server = new ControlServer();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    @AfterEach
    void removeWhatIsLeft() throws SQLException {
        server.close();
    }

    private void hear(int pid, byte[] digest) {
        heard.add(pid + " " + HexFormat.of().formatHex(digest));
    }

    private void awaitListeners(String count) throws Exception {
        Eventually.isTrue(() -> count.equals(server.ask("SELECT count(*) FROM pg_stat_activity WHERE datname = '"
                + server.name() + "' AND query IN ('LISTEN pgclonedb_cancel', 'SELECT 1')")));
    }

    @Test
    void carriesACancelToEveryProxy() throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(new byte[] {1, 2, 3});
        try (ControlDatabase control = server.open();
                ControlDatabase otherControl = server.open();
                CancelBus bus = CancelBus.start(control, this::hear);
                CancelBus otherBus = CancelBus.start(otherControl, this::hear)) {
            awaitListeners("2");

            bus.publish(4711, digest);
            otherBus.publish(4712, digest);

            Eventually.isTrue(() -> heard.size() == 4);
            String key = HexFormat.of().formatHex(digest);
            assertThat(heard).containsExactlyInAnyOrder("4711 " + key, "4711 " + key, "4712 " + key, "4712 " + key);
        }
    }

    @Test
    void listensAgainAfterItsConnectionBroke() throws Exception {
        try (ControlDatabase control = server.open();
                CancelBus bus = CancelBus.start(control, this::hear)) {
            awaitListeners("1");
            server.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + server.name() + "'");

            Eventually.isTrue(() -> {
                try {
                    bus.publish(1, new byte[32]);
                } catch (RuntimeException notYet) {
                    return false;
                }
                return !heard.isEmpty();
            });
        }
    }

    @Test
    void noticesThatTheControlDatabaseIsAwayAndBack() throws Exception {
        try (ControlDatabase control = server.open();
                CancelBus bus = CancelBus.start(control, this::hear)) {
            awaitListeners("1");
            server.execute(
                    "ALTER DATABASE " + server.name() + " ALLOW_CONNECTIONS false",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + server.name() + "'");
            Eventually.isTrue(() -> !control.up());

            server.execute("ALTER DATABASE " + server.name() + " ALLOW_CONNECTIONS true");

            Eventually.isTrue(control::up);
            bus.publish(2, new byte[32]);
        }
    }

    @Test
    void passesOverWhatIsNoCancel() throws Exception {
        try (ControlDatabase control = server.open();
                CancelBus bus = CancelBus.start(control, this::hear)) {
            awaitListeners("1");

            server.executeIn(server.name(), "NOTIFY pgclonedb_cancel, 'nonsense'");
            server.executeIn(server.name(), "NOTIFY pgclonedb_cancel, '99999999999 " + "0".repeat(64) + "'");
            bus.publish(3, new byte[32]);

            Eventually.isTrue(() -> !heard.isEmpty());
            assertThat(heard).containsExactly("3 " + "0".repeat(64));
        }
    }
}
