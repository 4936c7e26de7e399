package io.pgclonedb.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.proxy.ProxySettings;
import io.pgclonedb.it.proxy.ProxyUnderTest;
import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.server.TestRoles;
import io.pgclonedb.it.wire.Endpoint;
import io.pgclonedb.it.wire.Frontend;
import io.pgclonedb.it.wire.Message;
import io.pgclonedb.it.wire.RawClient;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What may come between the startup packet and the first ReadyForQuery. */
@ExtendWith(Witness.class)
class AuthenticationAbuseIT {
    private static final Endpoint SERVER = PostgresServer.shared().endpoint();
    private static final Endpoint PROXY = ProxyUnderTest.shared().endpoint();

    @BeforeAll
    static void roles() throws SQLException {
        TestRoles.create(PostgresServer.shared());
    }

    /** Sends bytes where the server has asked for an answer; returns the errors until the other side closes. */
    private static List<String> answer(Endpoint endpoint, String role, byte[]... bytes) {
        try (RawClient client = RawClient.connect(endpoint)) {
            client.send(Frontend.startup("user", role, "database", "postgres"));
            client.receiveUntil('R');
            client.sendIfOpen(bytes);
            return client.receiveUntilEnd().stream().map(Message::error).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TestRoles.SCRAM, TestRoles.MD5})
    void endsAtAnythingButAnAnswer(String role) {
        for (int type = 0; type < 256; type++) {
            if (type != 'p') {
                assertThat(answer(PROXY, role, Frontend.header(type, 4)))
                        .singleElement()
                        .asString()
                        .startsWith("FATAL 08P01 expected ")
                        .endsWith(" response, got message type " + type);
            }
        }
    }

    static Stream<byte[]> notAnAnswer() {
        return Stream.of(
                Frontend.startup("user", PostgresServer.SUPERUSER, "database", "postgres"),
                Frontend.query("SELECT 1"),
                Frontend.sslRequest());
    }

    @ParameterizedTest
    @MethodSource("notAnAnswer")
    void endsAsTheServerDoes(byte[] bytes) {
        for (String role : List.of(TestRoles.SCRAM, TestRoles.MD5, TestRoles.PASSWORD)) {
            assertThat(answer(PROXY, role, bytes)).isEqualTo(answer(SERVER, role, bytes));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 30, 70_000})
    void endsAtALengthThatCannotBe(int length) {
        for (String role : List.of(TestRoles.SCRAM, TestRoles.MD5)) {
            assertThat(answer(PROXY, role, Frontend.header('p', length), new byte[10]))
                    .containsExactly("FATAL 08P01 invalid message length");
        }
    }

    @Test
    void forwardsNothingThatComesBehindAnEarlyAnswer() {
        // given: the server has not asked yet
        byte[] startup = Frontend.startup("user", TestRoles.PASSWORD, "database", "postgres");
        byte[] password = Frontend.password(TestRoles.password(TestRoles.PASSWORD));
        try (RawClient client = RawClient.connect(PROXY)) {
            // when
            client.sendIfOpen(startup, password, Frontend.query("SELECT 'too early'"));
            // then
            assertThat(client.receiveUntilEnd()).noneMatch(message -> message.type() == 'D');
        }
    }

    @Test
    void doesNotLetInWhomTheServerTrusts() {
        try (RawClient client = RawClient.connect(PROXY)) {
            List<Message> received = client.login(
                    TestRoles.TRUSTED, "", Frontend.startup("user", TestRoles.TRUSTED, "database", "postgres"));
            assertThat(received)
                    .singleElement()
                    .satisfies(message -> assertThat(message.error()).startsWith("FATAL 28000"));
            assertThat(client.receiveUntilEnd()).isEmpty();
        }
    }

    @Test
    void letsInWhomTheServerTrustsWhereThatIsAllowed() {
        try (ProxyUnderTest proxy =
                        ProxyUnderTest.start(ProxySettings.relaying(SERVER).allowTrust(true));
                RawClient client = RawClient.login(proxy.endpoint(), "postgres", TestRoles.TRUSTED, "")) {
            assertThat(client.queryForText("SELECT current_user")).isEqualTo(TestRoles.TRUSTED);
        }
    }
}
