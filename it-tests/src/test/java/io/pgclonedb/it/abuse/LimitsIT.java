package io.pgclonedb.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.proxy.ProxySettings;
import io.pgclonedb.it.proxy.ProxyUnderTest;
import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.wire.Endpoint;
import io.pgclonedb.it.wire.Frontend;
import io.pgclonedb.it.wire.Message;
import io.pgclonedb.it.wire.RawClient;
import io.pgclonedb.it.wire.ScriptedBackend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many may come, and how long they may take to say who they are. */
class LimitsIT {
    private static final Endpoint SERVER = PostgresServer.shared().endpoint();
    private static final byte[] STARTUP = Frontend.startup("user", PostgresServer.SUPERUSER, "database", "postgres");

    private static ProxySettings settings() {
        return ProxySettings.relaying(SERVER);
    }

    private static RawClient login(ProxyUnderTest proxy) {
        return RawClient.login(proxy.endpoint(), "postgres", PostgresServer.SUPERUSER, PostgresServer.PASSWORD);
    }

    /** Logs in as soon as that is possible. */
    private static RawClient loginInTime(ProxyUnderTest proxy) {
        Instant deadline = Instant.now().plusSeconds(20);
        while (true) {
            try {
                return login(proxy);
            } catch (IllegalStateException refused) {
                if (Instant.now().isAfter(deadline)) {
                    throw refused;
                }
            }
        }
    }

    @Test
    void refusesMoreSessionsThanAllowed() {
        try (ProxyUnderTest proxy = ProxyUnderTest.start(settings().maxConnections(2));
                RawClient first = login(proxy)) {
            // given
            RawClient second = login(proxy);
            // when
            try (RawClient third = RawClient.connect(proxy.endpoint())) {
                third.send(STARTUP);
                // then
                assertThat(third.receiveUntilEnd())
                        .extracting(Message::error)
                        .containsExactly("FATAL 53300 sorry, too many clients already");
            }
            assertThat(first.queryForText("SELECT 1")).isEqualTo("1");
            // and when
            second.close();
            // then
            loginInTime(proxy).close();
        }
    }

    @Test
    void refusesMoreLoginsOfAnAddressThanAllowed() {
        try (ProxyUnderTest proxy = ProxyUnderTest.start(settings().maxLoginsPerAddress(3));
                RawClient loggedIn = login(proxy)) {
            // given
            List<RawClient> silent = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                RawClient client = RawClient.connect(proxy.endpoint());
                client.send(Frontend.sslRequest());
                assertThat(client.receiveByte()).isEqualTo('N');
                silent.add(client);
            }
            // when
            try (RawClient next = RawClient.connect(proxy.endpoint())) {
                next.sendIfOpen(STARTUP);
                // then
                assertThat(next.receiveUntilEnd())
                        .singleElement()
                        .satisfies(message -> assertThat(message.error()).startsWith("FATAL 53300"));
            }
            assertThat(loggedIn.queryForText("SELECT 1")).isEqualTo("1");
            // and when
            silent.forEach(RawClient::close);
            // then
            loginInTime(proxy).close();
        }
    }

    @Test
    void endsAConnectionThatNeverSaysWhoItIs() {
        try (ScriptedBackend backend = ScriptedBackend.start(connection -> connection.awaitEnd());
                ProxyUnderTest proxy = ProxyUnderTest.start(
                        ProxySettings.relaying(backend.endpoint()).loginTimeout(Duration.ofMillis(300)));
                RawClient silent = RawClient.connect(proxy.endpoint());
                RawClient slow = RawClient.connect(proxy.endpoint())) {
            slow.send(Frontend.int4(STARTUP.length));
            assertThat(silent.receiveUntilEnd()).isEmpty();
            assertThat(slow.receiveUntilEnd()).isEmpty();
            assertThat(backend.accepted()).as("connections to the server").isZero();
        }
    }

    @Test
    void endsAConnectionThatDoesNotAnswerTheServer() {
        try (ProxyUnderTest proxy = ProxyUnderTest.start(settings().loginTimeout(Duration.ofMillis(300)));
                RawClient client = RawClient.connect(proxy.endpoint())) {
            client.send(STARTUP);
            client.receiveUntil('R');
            assertThat(client.receiveUntilEnd())
                    .extracting(Message::error)
                    .containsExactly("FATAL 57014 canceling authentication due to timeout");
        }
    }

    @Test
    void doesNotEndASessionThatHasLoggedIn() {
        try (ProxyUnderTest proxy = ProxyUnderTest.start(settings().loginTimeout(Duration.ofMillis(500)));
                RawClient client = login(proxy)) {
            assertThat(client.queryForText("SELECT pg_sleep(0.7)")).isEmpty();
        }
    }

    @Test
    void answersManyThatSayNothing() {
        try (ProxyUnderTest proxy = ProxyUnderTest.start(settings().maxLoginsPerAddress(1000))) {
            List<RawClient> silent = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                silent.add(RawClient.connect(proxy.endpoint()));
            }
            login(proxy).close();
            silent.forEach(RawClient::close);
        }
    }
}
