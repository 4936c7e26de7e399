package io.pgclonedb.it.abuse;

import static io.pgclonedb.it.wire.ScriptedConnection.authentication;
import static io.pgclonedb.it.wire.ScriptedConnection.backendKeyData;
import static io.pgclonedb.it.wire.ScriptedConnection.commandComplete;
import static io.pgclonedb.it.wire.ScriptedConnection.error;
import static io.pgclonedb.it.wire.ScriptedConnection.header;
import static io.pgclonedb.it.wire.ScriptedConnection.parameterStatus;
import static io.pgclonedb.it.wire.ScriptedConnection.readyForQuery;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PooledByteBufAllocator;
import io.pgclonedb.it.proxy.ProxySettings;
import io.pgclonedb.it.proxy.ProxyUnderTest;
import io.pgclonedb.it.wire.BackendKey;
import io.pgclonedb.it.wire.Endpoint;
import io.pgclonedb.it.wire.Frontend;
import io.pgclonedb.it.wire.Message;
import io.pgclonedb.it.wire.MessageWriter;
import io.pgclonedb.it.wire.RawClient;
import io.pgclonedb.it.wire.ScriptedBackend;
import io.pgclonedb.it.wire.ScriptedConnection;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sees of a server that is away, full, broken or hostile. */
class BackendFaultIT {
    private static final byte[] STARTUP = Frontend.startup("user", "somebody", "database", "postgres");
    private static final BackendKey KEY = new BackendKey(4711, new byte[] {1, 2, 3, 4});

    private static ProxyUnderTest before(Endpoint backend) {
        return ProxyUnderTest.start(ProxySettings.relaying(backend));
    }

    /** Logs in to a proxy before this backend; returns everything until the proxy closes. */
    private static List<Message> login(ScriptedBackend.Script script) {
        try (ScriptedBackend backend = ScriptedBackend.start(script);
                ProxyUnderTest proxy = before(backend.endpoint());
                RawClient client = RawClient.connect(proxy.endpoint())) {
            client.send(STARTUP);
            return client.receiveUntilEnd();
        }
    }

    /** Logs in and sends a query; returns everything that comes as an answer to it until the proxy closes. */
    private static List<Message> query(ScriptedBackend.Script answer) {
        try (ScriptedBackend backend = ScriptedBackend.start(connection -> {
                    connection.receiveStartup();
                    connection.letIn(KEY);
                    connection.expect('Q');
                    answer.play(connection);
                });
                ProxyUnderTest proxy = before(backend.endpoint());
                RawClient client = RawClient.login(proxy.endpoint(), "postgres", "somebody", "secret")) {
            client.send(Frontend.query("SELECT 1"));
            return client.receiveUntilEnd();
        }
    }

    private static void assertFatal(List<Message> received, String... sqlStates) {
        Message last = received.get(received.size() - 1);
        assertThat(last.type()).isEqualTo('E');
        assertThat(last.field('S')).isEqualTo("FATAL");
        assertThat(last.field('C')).isIn((Object[]) sqlStates);
        assertThat(last.field('M')).isNotEmpty();
    }

    @Test
    void saysThatTheServerCannotBeReached() throws IOException {
        Endpoint nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = new Endpoint("127.0.0.1", socket.getLocalPort());
        }
        try (ProxyUnderTest proxy = before(nobody);
                RawClient client = RawClient.connect(proxy.endpoint())) {
            client.send(STARTUP);
            assertFatal(client.receiveUntilEnd(), "57P03");
        }
    }

    @Test
    void passesOnThatTheServerIsFull() {
        List<Message> received = login(connection -> {
            connection.receiveStartup();
            connection.send(error("FATAL", "53300", "sorry, too many clients already"));
        });
        assertThat(received).extracting(Message::error).containsExactly("FATAL 53300 sorry, too many clients already");
    }

    @Test
    void saysThatTheServerWentInTheMiddleOfTheLogin() {
        assertFatal(login(ScriptedConnection::close), "57P03", "08006");
        assertFatal(login(ScriptedConnection::reset), "57P03", "08006");
        assertFatal(
                login(connection -> {
                    connection.receiveStartup();
                    connection.close();
                }),
                "57P03",
                "08006");
        assertFatal(
                login(connection -> {
                    connection.receiveStartup();
                    byte[] half = authentication(3);
                    connection.send(Arrays.copyOf(half, half.length - 1)).close();
                }),
                "57P03",
                "08006");
    }

    @Test
    void doesNotTrustAServerThatAsksForNothing() {
        List<Message> received = login(connection -> {
            connection.receiveStartup();
            connection.send(
                    authentication(0),
                    parameterStatus("session_authorization", "somebody"),
                    backendKeyData(KEY),
                    readyForQuery('I'));
            connection.awaitEnd();
        });
        assertThat(received).hasSize(1);
        assertFatal(received, "28000");
    }

    @Test
    void endsWhenTheServerDoesNotSayWhoHasLoggedIn() {
        List<Message> received = afterPassword(authentication(0), backendKeyData(KEY), readyForQuery('I'));
        assertThat(received).noneMatch(message -> message.type() == 'Z');
        assertFatal(received, "08P01");
    }

    @ParameterizedTest
    @ValueSource(ints = {'D', 'T', 'C', 'd', 'Q', 'p', 0, 255})
    void endsAtAMessageThatHasNoPlaceInALogin(int type) {
        List<Message> received = login(connection -> {
            connection.receiveStartup();
            connection.send(header(type, 4));
            connection.awaitEnd();
        });
        assertFatal(received, "08P01");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30})
    void endsAtALengthThatCannotBe(int length) {
        assertFatal(
                login(connection -> {
                    connection.receiveStartup();
                    connection.send(header('R', length));
                    connection.awaitEnd();
                }),
                "08P01");
        if (length < 4) {
            assertFatal(
                    query(connection -> {
                        connection.send(header('D', length));
                        connection.awaitEnd();
                    }),
                    "08P01");
        }
    }

    @Test
    void reservesNothingForADeclaredLength() {
        List<Message> received = query(connection -> {
            connection.send(header('D', 0x3fffffff), new byte[1000]);
            connection.send(new byte[100_000]);
            assertThat(PooledByteBufAllocator.DEFAULT.pinnedDirectMemory()).isLessThan(8 << 20);
            connection.close();
        });
        // the client was in the middle of a message, so there is nothing left to say
        assertThat(received).isEmpty();
    }

    @Test
    void passesOnThatTheServerGoesDown() {
        List<Message> received =
                query(connection -> connection.send(error("FATAL", "57P01", "terminating connection")));
        assertThat(received).extracting(Message::error).containsExactly("FATAL 57P01 terminating connection");
    }

    @Test
    void saysThatTheServerCrashed() {
        assertFatal(query(ScriptedConnection::close), "08006");
        assertFatal(query(ScriptedConnection::reset), "08006");
        assertFatal(
                query(connection -> connection.send(commandComplete("SELECT 0")).reset()), "08006");
    }

    @Test
    void passesOnWhatVersionTheServerSpeaks() {
        byte[] negotiate =
                new MessageWriter().int32(0).int32(1).string("_pq_.unknown").message('v');
        List<Message> received = login(connection -> {
            connection.receiveStartup();
            connection.send(negotiate, error("FATAL", "28000", "enough"));
        });
        assertThat(received)
                .extracting(Message::toString)
                .startsWith("NegotiateProtocolVersion 0 _pq_.unknown")
                .hasSize(2);
    }

    /** From version 3.2 on a key has up to 256 bytes. */
    @ParameterizedTest
    @ValueSource(ints = {4, 32, 256})
    void passesOnKeysOfAnyLengthAndTheCancelRequestsWithThem(int length) throws InterruptedException {
        byte[] secret = new byte[length];
        Arrays.fill(secret, (byte) 0xab);
        BackendKey key = new BackendKey(4711, secret);
        BlockingQueue<byte[]> cancelled = new LinkedBlockingQueue<>();
        ScriptedBackend.Script script = connection -> {
            byte[] first = connection.receiveUntyped();
            if (first.length > 4 + 4 + length - 1 && first[0] == 4 && first[1] == (byte) 210) {
                cancelled.add(first);
            } else {
                connection.letIn(key);
                connection.awaitEnd();
            }
        };
        try (ScriptedBackend backend = ScriptedBackend.start(script);
                ProxyUnderTest proxy = before(backend.endpoint());
                RawClient client = RawClient.login(proxy.endpoint(), "postgres", "somebody", "secret");
                RawClient canceller = RawClient.connect(proxy.endpoint())) {
            // given
            assertThat(client.key()).hasToString(key.toString());
            // when
            byte[] request = Frontend.cancelRequest(client.key());
            canceller.send(request);
            assertThat(canceller.receiveUntilEnd()).isEmpty();
            // then
            assertThat(cancelled.poll(20, TimeUnit.SECONDS)).isEqualTo(Arrays.copyOfRange(request, 4, request.length));
        }
    }

    @Test
    void forwardsTheStartupPacketAsItCame() throws InterruptedException {
        BlockingQueue<byte[]> seen = new LinkedBlockingQueue<>();
        byte[] packet = Frontend.startup(
                Frontend.VERSION_3_2,
                "user",
                "somebody",
                "database",
                "d",
                "options",
                "-c a=b",
                "_pq_.x",
                "1",
                "x.y",
                "ä");
        try (ScriptedBackend backend = ScriptedBackend.start(connection -> {
                    seen.add(connection.receiveUntyped());
                    connection.awaitEnd();
                });
                ProxyUnderTest proxy = before(backend.endpoint());
                RawClient client = RawClient.connect(proxy.endpoint())) {
            client.send(packet);
            assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo(Arrays.copyOfRange(packet, 4, packet.length));
        }
    }

    private static List<Message> afterPassword(byte[]... messages) {
        try (ScriptedBackend backend = ScriptedBackend.start(connection -> {
                    connection.receiveStartup();
                    connection.send(authentication(3));
                    connection.expect('p');
                    connection.send(messages);
                    connection.awaitEnd();
                });
                ProxyUnderTest proxy = before(backend.endpoint());
                RawClient client = RawClient.connect(proxy.endpoint())) {
            client.send(STARTUP);
            client.receiveUntil('R');
            client.send(Frontend.password("secret"));
            return client.receiveUntilEnd();
        }
    }
}
