package io.pgclonedb.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import io.pgclonedb.it.proxy.ProxyUnderTest;
import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.server.TestRoles;
import io.pgclonedb.it.wire.Endpoint;
import io.pgclonedb.it.wire.Frontend;
import io.pgclonedb.it.wire.Message;
import io.pgclonedb.it.wire.MessageWriter;
import io.pgclonedb.it.wire.RawClient;
import io.pgclonedb.it.wire.Trace;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client may send that has logged in. */
@ExtendWith(Witness.class)
class SessionAbuseIT {
    private static final Endpoint SERVER = PostgresServer.shared().endpoint();
    private static final Endpoint PROXY = ProxyUnderTest.shared().endpoint();
    private static final int LARGEST_MESSAGE = 0x3fffffff;

    @BeforeAll
    static void roles() throws SQLException {
        TestRoles.create(PostgresServer.shared());
    }

    private static RawClient login(Endpoint endpoint) {
        return RawClient.login(endpoint, "postgres", TestRoles.MD5, TestRoles.password(TestRoles.MD5));
    }

    /** Sends the bytes to a session that is idle; returns the trace until the other side closes. */
    private static List<String> send(Endpoint endpoint, byte[]... bytes) {
        try (RawClient client = login(endpoint)) {
            client.sendIfOpen(bytes);
            return client.receiveUntilEnd().stream().map(Trace::backend).toList();
        }
    }

    @Test
    void answersEveryTypeAsTheServerDoes() {
        for (int type = 0; type < 256; type++) {
            byte[] messages = Frontend.join(
                    Frontend.header(type, 4), Frontend.sync(), Frontend.query("SELECT 1"), Frontend.terminate());
            assertThat(send(PROXY, messages)).as("type %d", type).isEqualTo(send(SERVER, messages));
        }
    }

    static Stream<byte[]> impossibleLengths() {
        return Stream.of((int) 'Q', (int) 'P', (int) 'B', (int) 'd', (int) 'S', (int) 'X', (int) 'F')
                .flatMap(type -> IntStream.of(0, 3, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30)
                        .mapToObj(length -> Frontend.header(type, length)));
    }

    @ParameterizedTest
    @MethodSource("impossibleLengths")
    void endsAtALengthThatCannotBe(byte[] header) {
        List<String> received = send(PROXY, header, Frontend.query("SELECT 'never'"));
        assertThat(received)
                .hasSizeLessThanOrEqualTo(1)
                .allMatch(line -> line.startsWith("ErrorResponse S=FATAL V=FATAL C=08P01"));
    }

    @ParameterizedTest
    @ValueSource(chars = {'Q', 'P', 'B', 'd', 'F'})
    void reservesNothingForADeclaredLength(char type) {
        try (RawClient client = login(PROXY)) {
            client.send(Frontend.header(type, LARGEST_MESSAGE), new byte[100]);
            try (RawClient another = login(PROXY)) {
                another.query("SELECT pg_sleep(0.05)");
            }
            assertThat(PooledByteBufAllocator.DEFAULT.pinnedDirectMemory()).isLessThan(8 << 20);
        }
    }

    static Stream<byte[]> malformed() {
        return Stream.of(
                Frontend.query("SELECT 1\0SELECT 2"),
                Frontend.query("SELECT 1\0"),
                Frontend.query("SELECT 1\0SELECT pgclonedb.help()"),
                Frontend.query("SELECT pgclonedb.help()\0"),
                Frontend.query("SELECT pgclonedb.drop_database('\0x')"),
                Frontend.parse("", "SELECT 1\0SELECT pgclonedb.help()"),
                Frontend.parse("", "SELECT pgclonedb.help()\0"),
                new MessageWriter().bytes(new byte[] {'S', 'E', 'L'}).message('Q'),
                new MessageWriter().string("").string("SELECT 1").message('P'),
                new MessageWriter()
                        .string("")
                        .string("SELECT 1")
                        .int16(3)
                        .int32(23)
                        .message('P'),
                new MessageWriter()
                        .string("")
                        .string("SELECT 1")
                        .int16(0)
                        .int8(0)
                        .message('P'),
                new MessageWriter().string("").string("SELECT 1").int16(-1).message('P'),
                new MessageWriter().string("").string("").int16(0).int16(5).message('B'),
                new MessageWriter().string("").int16(0).message('B'),
                new MessageWriter().string("").int32(-5).message('E'),
                new MessageWriter().string("").message('E'),
                new MessageWriter().int8('?').string("").message('D'),
                new MessageWriter().int8('?').string("").message('C'),
                new MessageWriter().int8('S').message('D'),
                new MessageWriter().int8(0).message('S'),
                new MessageWriter().int8(0).message('H'),
                Frontend.parse("\u00ff", "SELECT '\0'"),
                new MessageWriter()
                        .bytes(new byte[] {'S', 'E', 'L', 'E', 'C', 'T', ' ', '\'', (byte) 0xff, '\'', 0})
                        .message('Q'));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void answersWhatIsOutOfShapeAsTheServerDoes(byte[] message) {
        byte[] messages = Frontend.join(message, Frontend.sync(), Frontend.query("SELECT 1"), Frontend.terminate());
        assertThat(send(PROXY, messages)).isEqualTo(send(SERVER, messages));
    }

    @Test
    void runsNothingOfAQueryThatHoldsAZero() {
        try (RawClient client = login(PROXY)) {
            List<Message> answer = client.query("SELECT set_config('application_name', 'ran', false)\0SELECT 2");
            assertThat(answer.get(0).error()).startsWith("ERROR 08P01");
            assertThat(client.queryForText("SHOW application_name")).isEmpty();
        }
    }

    @Test
    void endsTheServersSessionWithTheClients() {
        for (boolean reset : List.of(true, false)) {
            try (RawClient watcher = login(PROXY)) {
                RawClient client = login(PROXY);
                client.query("BEGIN");
                client.send(Frontend.header('Q', 1000), new byte[10]);
                if (reset) {
                    client.reset();
                } else {
                    client.close();
                }
                String gone = "SELECT count(*) FROM pg_stat_activity WHERE pid = "
                        + client.key().pid();
                assertThat(IntStream.range(0, 1000).anyMatch(i -> {
                            watcher.query("SELECT pg_sleep(0.01)");
                            return watcher.queryForText(gone).equals("0");
                        }))
                        .isTrue();
            }
        }
    }
}
