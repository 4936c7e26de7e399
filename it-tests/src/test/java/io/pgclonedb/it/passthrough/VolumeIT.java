package io.pgclonedb.it.passthrough;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.proxy.ProxyUnderTest;
import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.wire.Endpoint;
import io.pgclonedb.it.wire.Frontend;
import io.pgclonedb.it.wire.Message;
import io.pgclonedb.it.wire.RawClient;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Whatever the volume, the proxy holds little of it. {@code -Dpgclonedb.it.megabytes} sets how much is copied; 200 unless
 * set.
 */
class VolumeIT {
    private static final Endpoint PROXY = ProxyUnderTest.shared().endpoint();
    private static final int MEGABYTES = Integer.getInteger("pgclonedb.it.megabytes", 200);
    private static final int ROW = 1000;
    private static final long FEW = 8 << 20;

    /** A query or statement text is held until it has been searched, up to 16 MiB. */
    private static final long ONE_TEXT = 40 << 20;

    private static RawClient login() {
        return RawClient.login(PROXY, "postgres", PostgresServer.SUPERUSER, PostgresServer.PASSWORD);
    }

    @Test
    void copiesOut() {
        try (RelayMemory memory = new RelayMemory();
                RawClient client = login()) {
            // when
            int rows = MEGABYTES * 1000;
            client.send(Frontend.query(
                    "COPY (SELECT repeat('x', " + (ROW - 1) + ") FROM generate_series(1, " + rows + ")) TO STDOUT"));
            long bytes = 0;
            long messages = 0;
            for (Message message = client.receive(); message.type() != 'Z'; message = client.receive()) {
                if (message.type() == 'd') {
                    bytes += message.size();
                    messages++;
                }
            }
            // then
            assertThat(messages).isEqualTo(rows);
            assertThat(bytes).isEqualTo((long) rows * ROW);
            assertThat(memory.highest()).isLessThan(FEW);
        }
    }

    @Test
    void copiesIn() {
        try (RelayMemory memory = new RelayMemory();
                RawClient client = login()) {
            // given
            client.query("CREATE TEMP TABLE t (a text)");
            client.send(Frontend.query("COPY t FROM STDIN WHERE a IS NULL"));
            client.receiveUntil('G');
            byte[] rows = Frontend.copyData(("y".repeat(ROW - 1) + "\n").repeat(100));
            // when
            for (int i = 0; i < MEGABYTES * 10; i++) {
                client.send(rows);
            }
            client.send(Frontend.copyDone());
            // then
            assertThat(client.receiveUntilReady()).extracting(Message::toString).contains("CommandComplete COPY 0");
            assertThat(memory.highest()).isLessThan(FEW);
        }
    }

    @Test
    void copiesInWhatIsCopiedOut() {
        try (RawClient client = login()) {
            // given
            client.query("CREATE TEMP TABLE t (a int, b text)");
            client.send(Frontend.query(
                    "COPY (SELECT g, md5(g::text) || repeat('ä', g % 300) FROM generate_series(1, 40000) g)"
                            + " TO STDOUT"));
            byte[][] rows = client.receiveUntilReady().stream()
                    .filter(message -> message.type() == 'd')
                    .map(message -> Frontend.copyData(message.body().bytes(message.size())))
                    .toArray(byte[][]::new);
            // when
            client.send(Frontend.query("COPY t FROM STDIN"));
            client.receiveUntil('G');
            client.send(rows);
            client.send(Frontend.copyDone());
            client.receiveUntilReady();
            // then
            assertThat(client.queryForText(
                            "SELECT count(*) FILTER (WHERE b = md5(a::text) || repeat('ä', a % 300)) FROM t"))
                    .isEqualTo("40000");
        }
    }

    @Test
    void passesAnEnormousRow() {
        try (RelayMemory memory = new RelayMemory();
                RawClient client = login()) {
            assertThat(client.queryForText("SELECT repeat('x', 100000000)")).hasSize(100_000_000);
            assertThat(memory.highest()).isLessThan(FEW);
        }
    }

    @Test
    void passesAnEnormousParameter() {
        try (RelayMemory memory = new RelayMemory();
                RawClient client = login()) {
            // given
            byte[] value = new byte[60_000_000];
            Arrays.fill(value, (byte) 'v');
            // when
            client.send(
                    Frontend.parse("", "SELECT length($1::text)"),
                    Frontend.bind("", "", new int[0], List.of(value), new int[0]),
                    Frontend.execute("", 0),
                    Frontend.sync());
            // then
            assertThat(client.receiveUntilReady()).extracting(Message::toString).contains("DataRow [60000000]");
            assertThat(memory.highest()).isLessThan(FEW);
        }
    }

    @Test
    void passesAnEnormousQueryText() {
        try (RelayMemory memory = new RelayMemory();
                RawClient client = login()) {
            assertThat(client.queryForText("SELECT length('" + "q".repeat(60_000_000) + "')"))
                    .isEqualTo("60000000");
            assertThat(memory.highest()).isLessThan(ONE_TEXT);
        }
    }

    @Test
    void waitsForAClientThatDoesNotRead() {
        try (RelayMemory memory = new RelayMemory();
                RawClient watcher = login();
                RawClient client = RawClient.connectNarrow(PROXY)) {
            // given
            client.login(
                    PostgresServer.SUPERUSER,
                    PostgresServer.PASSWORD,
                    Frontend.startup("user", PostgresServer.SUPERUSER, "database", "postgres"));
            // when
            client.send(Frontend.query("SELECT repeat('x', 1000) FROM generate_series(1, 5000000)"));
            // then
            String blocked = "SELECT count(*) = 1 FROM pg_stat_activity WHERE wait_event = 'ClientWrite' AND pid = "
                    + client.key().pid();
            for (int i = 0; i < 20; i++) {
                awaitTrue(watcher, blocked);
            }
            assertThat(memory.highest()).isLessThan(FEW);
            // and when
            client.reset();
            // then
            awaitTrue(
                    watcher,
                    "SELECT count(*) = 0 FROM pg_stat_activity WHERE pid = "
                            + client.key().pid());
        }
    }

    @Test
    void waitsForAServerThatDoesNotRead() {
        try (RelayMemory memory = new RelayMemory();
                RawClient client = login()) {
            // given
            byte[] comment = Frontend.query("SELECT 1 -- " + "c".repeat(1_000_000));
            client.send(Frontend.query("SELECT pg_sleep(1)"));
            // when
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 100; i++) {
                    client.send(comment);
                }
            });
            for (int i = 0; i < 101; i++) {
                client.receiveUntilReady();
            }
            sender.join();
            // then
            assertThat(memory.highest()).isLessThan(ONE_TEXT);
        }
    }

    @Test
    void keepsUpWithASlowWriter() {
        try (RawClient client = login()) {
            client.byteByByte(true);
            client.query("CREATE TEMP TABLE t (a text)");
            client.send(Frontend.query("COPY t FROM STDIN"));
            client.receiveUntil('G');
            for (int i = 0; i < 200; i++) {
                client.send(Frontend.copyData("row\n".repeat(10)));
            }
            client.send(Frontend.copyDone());
            client.receiveUntilReady();
            assertThat(client.queryForText("SELECT count(*) FROM t")).isEqualTo("2000");
        }
    }

    private static void awaitTrue(RawClient watcher, String query) {
        Optional<String> found = Optional.empty();
        for (int i = 0; i < 1000 && found.isEmpty(); i++) {
            found = Optional.of(watcher.queryForText(query)).filter("t"::equals);
            watcher.query("SELECT pg_sleep(0.02)");
        }
        assertThat(found).as(query).isPresent();
    }
}
