package io.pgclonedb.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.Value;
import io.pgclonedb.protocol.backend.AuthenticationRequest;
import io.pgclonedb.protocol.backend.BackendKeyData;
import io.pgclonedb.protocol.backend.NegotiateProtocolVersion;
import io.pgclonedb.protocol.backend.ParameterStatus;
import io.pgclonedb.protocol.backend.ReadyForQuery;
import io.pgclonedb.protocol.backend.TransactionStatus;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationPhaseTest {
    private static final byte[] PASSWORD = Wires.frame('p', 12);
    private static final ReadyForQuery READY = new ReadyForQuery(TransactionStatus.IDLE);

    private final Proxy proxy = new Proxy();

    @AfterEach
    void close() {
        proxy.close();
    }

    private Client started() {
        Client client = proxy.client();
        client.sends(Client.startup("myapp_db_admin"));
        return client;
    }

    private static ParameterStatus status(String name, String value) {
        return new ParameterStatus(CString.ofAscii(name), CString.ofUtf8(value));
    }

    @Test
    void sendsTheClientsOwnStartupMessage() {
        assertThat(started().server.received()).isEqualTo(Wires.bytes(Client.startup("myapp_db_admin")));
    }

    @Test
    void tellsTheClientWhenTheServerIsNotThere() {
        proxy.reachable = false;
        Client client = started();
        assertThat(client.receivedFrames()).containsExactly("E FATAL 57P03");
        assertThat(client.isClosed()).isTrue();
        assertThat(proxy.observer.events).containsExactly("accepted", "closed unauthenticated");
    }

    @Test
    void relaysScram() {
        Client client = started();
        client.server.received();

        client.server.challenges();
        assertThat(client.receivedFrames()).containsExactly("R");
        client.sends(PASSWORD);
        assertThat(client.server.received()).isEqualTo(PASSWORD);
        client.server.says(new AuthenticationRequest(AuthenticationRequest.SASL_CONTINUE, Value.ofUtf8("r=abc")));
        assertThat(client.receivedFrames()).containsExactly("R");
        client.sends(PASSWORD);
        assertThat(client.server.received()).isEqualTo(PASSWORD);
        client.server.says(new AuthenticationRequest(AuthenticationRequest.SASL_FINAL, Value.ofUtf8("v=abc")));
        client.server.letsIn("myapp_db_admin");

        assertThat(client.receivedFrames()).containsExactly("R", "R", "S", "S", "K", "Z");
        assertThat(proxy.observer.events).containsExactly("accepted", "authenticated");
        assertThat(client.session.phase()).isInstanceOf(RelayPhase.class);
    }

    @Test
    void relaysMd5() {
        Client client = started();
        client.server.received();
        client.server.says(new AuthenticationRequest(AuthenticationRequest.MD5_PASSWORD, Value.of(new byte[4])));
        client.sends(PASSWORD);
        assertThat(client.server.received()).isEqualTo(PASSWORD);
        client.server.letsIn("myapp_db_admin");
        assertThat(client.receivedFrames()).endsWith("Z");
    }

    @Test
    void relaysTheAnswerToANewerProtocolVersion() {
        Client client = started();
        client.server.says(new NegotiateProtocolVersion(0, List.of()));
        client.server.challenges();
        assertThat(client.receivedFrames()).containsExactly("v", "R");
    }

    @Test
    void lettingInWithoutAQuestionIsRefused() {
        Client client = started();
        client.server.letsIn("myapp_db_admin");
        assertThat(client.receivedFrames()).containsExactly("E FATAL 28000");
        assertThat(client.isClosed()).isTrue();
        assertThat(proxy.observer.events)
                .containsExactly("accepted", "authentication failed", "closed unauthenticated");
    }

    @Test
    void lettingInWithoutAQuestionIsRefusedHoweverItArrives() {
        byte[] ok = Wires.bytes(AuthenticationRequest.ok());
        for (int split = 1; split < ok.length; split++) {
            Client client = started();
            client.server.says(Arrays.copyOf(ok, split));
            client.server.says(Arrays.copyOfRange(ok, split, ok.length));
            assertThat(client.receivedFrames()).containsExactly("E FATAL 28000");
        }
    }

    @Test
    void lettingInWithoutAQuestionCanBeAllowed() {
        proxy.allowTrust = true;
        Client client = started();
        client.server.letsIn("myapp_db_admin");
        assertThat(client.receivedFrames()).containsExactly("R", "S", "S", "K", "Z");
    }

    @Test
    void passesTheServersRefusalOnAndCountsIt() {
        Client client = started();
        client.server.challenges();
        client.sends(PASSWORD);
        client.server.says(ScriptedServer.error("FATAL", "28P01"));
        client.server.channel.close();
        assertThat(client.receivedFrames()).containsExactly("R", "E FATAL 28P01");
        assertThat(client.isClosed()).isTrue();
        assertThat(proxy.observer.events)
                .containsExactly("accepted", "authentication failed", "closed unauthenticated");
    }

    @Test
    void countsNoAuthenticationFailureWhenTheDatabaseIsMissing() {
        Client client = started();
        client.server.challenges();
        client.sends(PASSWORD);
        client.server.says(AuthenticationRequest.ok());
        client.server.says(ScriptedServer.error("FATAL", "3D000"));
        client.server.channel.close();
        assertThat(client.receivedFrames()).containsExactly("R", "R", "E FATAL 3D000");
        assertThat(proxy.observer.events).containsExactly("accepted", "closed unauthenticated");
    }

    @Test
    void tellsTheClientWhenTheServerHangsUpWithoutAWord() {
        Client client = started();
        client.server.channel.close();
        assertThat(client.receivedFrames()).containsExactly("E FATAL 57P03");
    }

    @ParameterizedTest
    @ValueSource(chars = {'Q', 'P', 'X', 'S', 'd', 'p'})
    void acceptsNothingBeforeItIsAsked(char type) {
        Client client = started();
        client.server.received();
        client.sends(Wires.frame(type, 5));
        assertThat(client.receivedFrames()).containsExactly("E FATAL 08P01");
        assertThat(client.server.received()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(chars = {'Q', 'P', 'X', 'S', 'd', 'F', 0})
    void acceptsNothingButAnAnswer(char type) {
        Client client = started();
        client.server.received();
        client.server.challenges();
        client.sends(Wires.frame(type, 5));
        assertThat(client.receivedFrames()).containsExactly("R", "E FATAL 08P01");
        assertThat(client.server.received()).isEmpty();
    }

    @Test
    void acceptsOneAnswerToOneQuestion() {
        Client client = started();
        client.server.challenges();
        client.sends(Wires.join(PASSWORD, PASSWORD));
        assertThat(client.receivedFrames()).containsExactly("R", "E FATAL 08P01");
    }

    @Test
    void acceptsNoAnswerToTheLastWordOfSasl() {
        Client client = started();
        client.server.challenges();
        client.sends(PASSWORD);
        client.server.says(new AuthenticationRequest(AuthenticationRequest.SASL_FINAL, Value.ofUtf8("v=abc")));
        client.sends(PASSWORD);
        assertThat(client.receivedFrames()).containsExactly("R", "R", "E FATAL 08P01");
    }

    @Test
    void passesAnAnswerWhereverItIsSplit() {
        for (int split = 1; split < PASSWORD.length; split++) {
            Client client = started();
            client.server.received();
            client.server.challenges();
            client.sends(Arrays.copyOf(PASSWORD, split));
            client.sends(Arrays.copyOfRange(PASSWORD, split, PASSWORD.length));
            assertThat(client.server.received()).isEqualTo(PASSWORD);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 3, 65_536, Integer.MAX_VALUE})
    void refusesAnAnswerOfAnImpossibleLength(int length) {
        Client client = started();
        client.server.challenges();
        client.sends(ByteBuffer.allocate(5).put((byte) 'p').putInt(length).array());
        assertThat(client.receivedFrames()).containsExactly("R", "E FATAL 08P01");
    }

    @ParameterizedTest
    @ValueSource(chars = {'D', 'T', 'C', '1', 'G', 'A'})
    void acceptsNothingOfTheServerButItsStartup(char type) {
        Client client = started();
        client.server.says(Wires.frame(type, 4));
        assertThat(client.receivedFrames()).containsExactly("E FATAL 08P01");
    }

    @Test
    void refusesAServerThatIsReadyBeforeItHasAuthenticated() {
        Client client = started();
        client.server.says(READY);
        assertThat(client.receivedFrames()).containsExactly("E FATAL 08P01");
    }

    @Test
    void refusesAServerThatAuthenticatesTwice() {
        Client client = started();
        client.server.challenges();
        client.sends(PASSWORD);
        client.server.says(AuthenticationRequest.ok(), AuthenticationRequest.ok());
        assertThat(client.receivedFrames()).endsWith("E FATAL 08P01");
    }

    @Test
    void refusesAServerThatDoesNotTellWhoIsLoggedIn() {
        Client client = started();
        client.server.challenges();
        client.sends(PASSWORD);
        client.server.says(AuthenticationRequest.ok(), READY);
        assertThat(client.receivedFrames()).endsWith("E FATAL 08P01");
        assertThat(proxy.observer.events).doesNotContain("authenticated");
    }

    @Test
    void takesTheFirstSessionAuthorizationForTheCaller() {
        Client client = started();
        client.server.challenges();
        client.sends(PASSWORD);
        client.server.says(
                AuthenticationRequest.ok(),
                status("session_authorization", "real_db_admin"),
                status("session_authorization", "postgres"),
                new BackendKeyData(1, Value.of(ScriptedServer.KEY)),
                READY,
                status("session_authorization", "postgres"));
        CarrierTalk.runs(client, "SELECT pgclonedb.create_database('real_a', 'real_b')", "real_a", "real_b");
        assertThat(proxy.calls.latest().request().context().callerName()).isEqualTo("real_db_admin");
        assertThat(proxy.calls.latest().request().context().database()).isEqualTo("postgres");
        assertThat(proxy.calls.latest().request().context().backendPid()).isEqualTo(1);
        assertThat(proxy.calls.latest().request().context().clientAddress()).isEqualTo("192.0.2.1");
    }

    @Test
    void keepsWhatTheClientSendsBetweenLoginAndTheFirstReadyForQuery() {
        Client client = started();
        client.server.challenges();
        client.sends(PASSWORD);
        client.server.received();
        client.server.says(AuthenticationRequest.ok());
        client.sends(Wires.frame('S', 0));
        assertThat(client.server.received()).isEmpty();
        client.server.says(status("session_authorization", "myapp"), READY);
        assertThat(client.server.received()).isEqualTo(Wires.frame('S', 0));
    }

    @Test
    void passesWhatFollowsTheFirstReadyForQuery() {
        Client client = started();
        client.server.challenges();
        client.sends(PASSWORD);
        client.server.says(Wires.join(
                Wires.bytes(AuthenticationRequest.ok(), status("session_authorization", "myapp"), READY),
                Wires.frame('N', 1),
                new byte[] {'A', 0, 0}));
        assertThat(client.receivedFrames()).containsExactly("R", "R", "S", "Z", "N");
    }

    @Test
    void refusesHalfAFrameThatCameBeforeItWasAskedFor() {
        Client client = started();
        client.server.challenges();
        client.sends(Wires.join(PASSWORD, new byte[] {'Q', 0}));
        client.server.letsIn("myapp_db_admin");
        assertThat(client.receivedFrames()).endsWith("E FATAL 08P01");
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void endsALoginThatTakesTooLong() {
        Client client = started();
        client.server.challenges();
        client.channel.advanceTimeBy(31, TimeUnit.SECONDS);
        client.channel.runScheduledPendingTasks();
        assertThat(client.receivedFrames()).containsExactly("R", "E FATAL 57014");
        assertThat(client.isClosed()).isTrue();
        assertThat(client.server.channel.isOpen()).isFalse();
    }

    @Test
    void endsNoSessionThatHasLoggedInInTime() {
        Client client = proxy.client().loggedIn();
        client.channel.advanceTimeBy(31, TimeUnit.SECONDS);
        client.channel.runScheduledPendingTasks();
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void closesTheServersSideWhenTheClientGoes() {
        Client client = started();
        client.server.challenges();
        client.channel.close();
        proxy.run();
        assertThat(client.server.channel.isOpen()).isFalse();
        assertThat(proxy.sessions.size()).isZero();
    }
}
