package io.pgclonedb.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.proxy.ProxyUnderTest;
import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.wire.BackendKey;
import io.pgclonedb.it.wire.Endpoint;
import io.pgclonedb.it.wire.Frontend;
import io.pgclonedb.it.wire.Message;
import io.pgclonedb.it.wire.MessageWriter;
import io.pgclonedb.it.wire.RawClient;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may come before a client has said who it is. */
@ExtendWith(Witness.class)
class StartupAbuseIT {
    private static final Endpoint SERVER = PostgresServer.shared().endpoint();
    private static final Endpoint PROXY = ProxyUnderTest.shared().endpoint();
    private static final String USER = PostgresServer.SUPERUSER;
    private static final int LONGEST_PACKET = 10_000;

    /** Sends the bytes and returns what comes back until the other side closes. */
    private static List<Message> send(Endpoint endpoint, byte[]... bytes) {
        try (RawClient client = RawClient.connect(endpoint)) {
            client.sendIfOpen(bytes);
            return client.receiveUntilEnd();
        }
    }

    /** The other side closes with at most a FATAL of this SQLSTATE. */
    private static void assertEndedWith(String sqlState, List<Message> received) {
        assertThat(received).hasSizeLessThanOrEqualTo(1).allSatisfy(message -> {
            assertThat(message.field('S')).isEqualTo("FATAL");
            assertThat(message.field('C')).isEqualTo(sqlState);
        });
    }

    private static void assertSameEnd(byte[]... bytes) {
        assertThat(errors(send(PROXY, bytes))).isEqualTo(errors(send(SERVER, bytes)));
    }

    /** What an error says of the versions a server speaks depends on its age. */
    private static List<String> errors(List<Message> received) {
        return received.stream()
                .map(Message::error)
                .map(error -> error.replaceAll("server supports .*", ""))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 7, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30, LONGEST_PACKET + 5})
    void endsAtALengthThatCannotBe(int length) {
        assertEndedWith("08P01", send(PROXY, Frontend.int4(length), Frontend.int4(Frontend.VERSION_3_0)));
    }

    @Test
    void endsAtAMessageThatIsNoStartupPacket() {
        for (int type = 0; type < 256; type++) {
            assertEndedWith("08P01", send(PROXY, Frontend.header(type, 4), new byte[] {1}));
        }
    }

    @Test
    void takesAPacketAsLongAsTheServerDoes() {
        byte[] longest = packetOf(LONGEST_PACKET + 4);
        for (Endpoint endpoint : List.of(SERVER, PROXY)) {
            try (RawClient client = RawClient.connect(endpoint)) {
                List<Message> answer = client.login(USER, PostgresServer.PASSWORD, longest);
                assertThat(answer.get(answer.size() - 1).type()).isEqualTo('Z');
            }
            assertEndedWith("08P01", send(endpoint, packetOf(LONGEST_PACKET + 5)));
        }
    }

    private static byte[] packetOf(int length) {
        int rest = length - Frontend.startup("user", USER, "application_name", "").length;
        return Frontend.startup("user", USER, "application_name", "a".repeat(rest));
    }

    static Stream<byte[]> refused() {
        return Stream.of(
                Frontend.startup("user", USER, "user", USER),
                Frontend.startup("user", USER, "database", "postgres", "user", "nobody"),
                Frontend.startup("user", USER, "database", "postgres", "database", "postgres"),
                Frontend.startup("user", USER, "options", "-c geqo=off", "options", "-c geqo=on"),
                Frontend.startup("user", "u".repeat(64)),
                Frontend.startup("user", "ü".repeat(32)),
                Frontend.startup("user", USER, "database", "d".repeat(64)));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesWhatTheServerWouldReadInItsOwnWay(byte[] packet) {
        List<Message> received = send(PROXY, packet);
        assertThat(received).singleElement().satisfies(message -> {
            assertThat(message.field('S')).isEqualTo("FATAL");
            assertThat(message.field('C')).isIn("08P01", "28000", "3D000");
        });
    }

    static Stream<byte[]> malformed() {
        byte[] unterminated = Frontend.startup("user", USER);
        byte[] trailing = new MessageWriter()
                .int32(Frontend.VERSION_3_0)
                .string("user")
                .string(USER)
                .int8(0)
                .int8('x')
                .untyped();
        return Stream.of(
                Frontend.startup(),
                Frontend.startup("database", "postgres"),
                Frontend.startup("user", ""),
                shorter(unterminated),
                trailing,
                Frontend.startup(4 << 16, "user", USER));
    }

    @Test
    void refusesTheOldProtocol() {
        assertThat(send(PROXY, Frontend.startup(2 << 16, "user", USER)))
                .singleElement()
                .satisfies(message ->
                        assertThat(message.error()).startsWith("FATAL 0A000 unsupported frontend protocol 2.0"));
    }

    private static byte[] shorter(byte[] packet) {
        byte[] shorter = Arrays.copyOf(packet, packet.length - 1);
        shorter[3]--;
        return shorter;
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void refusesAMalformedPacketAsTheServerDoes(byte[] packet) {
        assertSameEnd(packet);
    }

    @Test
    void refusesBytesSentAlongWithARequestForEncryption() {
        byte[] startup = Frontend.startup("user", USER, "database", "postgres");
        for (byte[] request : List.of(Frontend.sslRequest(), Frontend.gssEncRequest())) {
            try (RawClient client = RawClient.connect(PROXY)) {
                client.send(request, startup);
                List<Message> received = afterAnswer(client);
                assertEndedWith("08P01", received);
            }
        }
    }

    /** What comes after the single byte {@code N}, if that comes at all. */
    private static List<Message> afterAnswer(RawClient client) {
        try (client) {
            int first = client.receiveByte();
            return first == 'N' || first < 0 ? client.receiveUntilEnd() : List.of(client.receiveRestOf((char) first));
        }
    }

    @Test
    void refusesToBeAskedForEncryptionTwice() {
        for (byte[] request : List.of(Frontend.sslRequest(), Frontend.gssEncRequest())) {
            assertThat(askTwice(PROXY, request)).isEqualTo(askTwice(SERVER, request));
        }
    }

    private static List<String> askTwice(Endpoint endpoint, byte[] request) {
        try (RawClient client = RawClient.connect(endpoint)) {
            client.send(request);
            assertThat(client.receiveByte()).isEqualTo('N');
            client.send(request);
            return errors(client.receiveUntilEnd());
        }
    }

    @Test
    void forgetsACancelRequestForNobody() {
        assertThat(send(PROXY, Frontend.cancelRequest(new BackendKey(1, new byte[4]))))
                .isEmpty();
        assertThat(send(PROXY, Frontend.cancelRequest(new BackendKey(-1, new byte[256]))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 257, 9000})
    void endsACancelRequestWhoseKeyHasALengthThatCannotBe(int length) {
        assertEndedWith("08P01", send(PROXY, Frontend.cancelRequest(new BackendKey(1, new byte[length]))));
    }

    @Test
    void forgetsAClientThatGoesInTheMiddleOfItsPacket() {
        byte[] packet = Frontend.startup("user", USER, "database", "postgres");
        for (int sent = 0; sent < packet.length; sent++) {
            try (RawClient client = RawClient.connect(PROXY)) {
                client.send(Arrays.copyOf(packet, sent));
                if (sent % 2 == 0) {
                    client.reset();
                }
            }
        }
    }
}
