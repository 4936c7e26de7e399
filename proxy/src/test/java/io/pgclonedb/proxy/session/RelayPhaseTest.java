package io.pgclonedb.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.backend.BackendMessage;
import io.pgclonedb.protocol.backend.CommandComplete;
import io.pgclonedb.protocol.backend.ReadyForQuery;
import io.pgclonedb.protocol.backend.TransactionStatus;
import io.pgclonedb.protocol.frontend.FrontendMessage;
import io.pgclonedb.protocol.frontend.Query;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.operation.CancelReason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayPhaseTest {
    private static final String CALL = "SELECT pgclonedb.create_database('myapp_dev', 'myapp_source')";
    private static final ReadyForQuery READY = new ReadyForQuery(TransactionStatus.IDLE);

    private final Proxy proxy = new Proxy();

    @AfterEach
    void close() {
        proxy.close();
    }

    private static Query query(String text) {
        return new Query(CString.ofUtf8(text));
    }

    private Client callingClient() {
        Client client = proxy.client().loggedIn();
        CarrierTalk.runs(client, CALL, "myapp_dev", "myapp_source");
        assertThat(proxy.calls.started()).hasSize(1);
        client.received();
        return client;
    }

    @Test
    void passesTheSameBytesBothWays() {
        Client client = proxy.client().loggedIn();
        byte[] question = Wires.join(Wires.bytes(query("SELECT 1")), Wires.frame('d', 1000), Wires.frame('c', 0));
        client.sends(question);
        assertThat(client.server.received()).isEqualTo(question);
        byte[] answer = Wires.join(Wires.frame('T', 30), Wires.frame('D', 70_000), Wires.bytes(READY));
        client.server.says(answer);
        assertThat(client.received()).isEqualTo(answer);
        assertThat(proxy.observer.bytesToServer).isEqualTo(question.length);
        assertThat(proxy.observer.bytesToClient).isEqualTo(answer.length);
        assertThat(proxy.observer.messagesToServer).isEqualTo(3);
        assertThat(proxy.observer.messagesToClient).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void passesTheSameBytesOneByOne(boolean intercepts) {
        proxy.intercepts = intercepts;
        Client client = proxy.client().loggedIn();
        byte[] question = Wires.bytes(query("SELECT 1"), new FrontendMessage.Sync());
        for (byte one : question) {
            client.sends(new byte[] {one});
        }
        assertThat(client.server.received()).isEqualTo(question);
        byte[] answer = Wires.join(Wires.frame('T', 30), Wires.frame('D', 40), Wires.bytes(READY));
        for (byte one : answer) {
            client.server.says(new byte[] {one});
        }
        assertThat(client.received()).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 0, -1, Integer.MIN_VALUE})
    void endsBothSidesOnAnImpossibleLengthOfTheClient(int length) {
        Client client = proxy.client().loggedIn();
        client.sends(ByteBuffer.allocate(5).put((byte) 'd').putInt(length).array());
        assertThat(client.receivedFrames()).containsExactly("E FATAL 08P01");
        assertThat(client.isClosed()).isTrue();
        assertThat(client.server.channel.isOpen()).isFalse();
        assertThat(client.server.received()).isEmpty();
    }

    @Test
    void endsBothSidesOnAnImpossibleLengthOfTheServerBehindTheFrameBefore() {
        Client client = proxy.client().loggedIn();
        byte[] row = Wires.frame('D', 10);
        client.server.says(Arrays.copyOf(row, 8));
        client.server.says(Wires.join(Arrays.copyOfRange(row, 8, row.length), new byte[] {'D', 0, 0, 0, 0}));
        assertThat(client.receivedFrames()).containsExactly("D", "E FATAL 08P01");
    }

    @Test
    void saysNothingInTheMiddleOfAFrame() {
        Client client = proxy.client().loggedIn();
        byte[] row = Wires.frame('D', 10);
        client.server.says(Arrays.copyOf(row, 8));
        client.server.channel.close();
        assertThat(client.received()).isEqualTo(Arrays.copyOf(row, 8));
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void tellsTheClientThatTheServerIsGone() {
        Client client = proxy.client().loggedIn();
        client.server.channel.close();
        assertThat(client.receivedFrames()).containsExactly("E FATAL 08006");
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void addsNothingToTheServersLastWord() {
        Client client = proxy.client().loggedIn();
        client.server.says(ScriptedServer.error("FATAL", "57P01"));
        client.server.channel.close();
        assertThat(client.receivedFrames()).containsExactly("E FATAL 57P01");
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void addsNothingWhenTheClientHasSaidGoodbye() {
        Client client = proxy.client().loggedIn();
        client.sends(new FrontendMessage.Terminate());
        assertThat(client.server.received()).isEqualTo(Wires.bytes(new FrontendMessage.Terminate()));
        client.server.channel.close();
        assertThat(client.received()).isEmpty();
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void closesTheServersSideWhenTheClientGoes() {
        Client client = proxy.client().loggedIn();
        client.channel.close();
        proxy.run();
        assertThat(client.server.channel.isOpen()).isFalse();
        assertThat(proxy.observer.events).containsExactly("accepted", "authenticated", "closed");
    }

    @Test
    void stopsReadingASideWhoseOtherTakesNoMore() {
        Client client = proxy.client().loggedIn();
        client.server.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        proxy.run();
        assertThat(client.channel.config().isAutoRead()).isFalse();
        assertThat(client.server.channel.config().isAutoRead()).isTrue();
        client.server.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        proxy.run();
        assertThat(client.channel.config().isAutoRead()).isTrue();

        client.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        proxy.run();
        assertThat(client.server.channel.config().isAutoRead()).isFalse();
        client.channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        proxy.run();
        assertThat(client.server.channel.config().isAutoRead()).isTrue();
    }

    @Test
    void stopsReadingAClientThatSendsTooMuchDuringACall() {
        Client client = callingClient();
        client.sends(Wires.frame('d', 200 * 1024));
        assertThat(client.channel.config().isAutoRead()).isTrue();
        client.sends(Wires.frame('d', 100 * 1024));
        assertThat(client.channel.config().isAutoRead()).isFalse();
        finish(client);
        assertThat(client.channel.config().isAutoRead()).isTrue();
        assertThat(Wires.types(client.server.received())).isEqualTo("dd");
    }

    private void finish(Client client) {
        finish(client, "C", "Z");
    }

    private void finish(Client client, String... last) {
        proxy.calls.latest().succeed("done");
        proxy.run();
        assertThat(client.receivedFrames()).containsExactly("D");
        client.server.says(new CommandComplete(CString.ofAscii("SELECT 1")));
        assertThat(Wires.types(client.server.received())).isEqualTo("CCS");
        client.server.says(new BackendMessage.CloseComplete(), new BackendMessage.CloseComplete(), READY);
        assertThat(client.receivedFrames()).containsExactly(last);
    }

    @Test
    void answersACall() {
        finish(callingClient());
    }

    @Test
    void keepsItsOwnMessagesOutOfTheServersFrames() {
        // given a notification of which the end has not come yet
        Client client = proxy.client().loggedIn();
        byte[] notification = Wires.frame('A', 20);
        client.server.says(Arrays.copyOf(notification, 9));
        // when
        client.sends(query("SELECT pgclonedb.drop_databas('a_b')"));
        // then
        assertThat(client.received()).isEqualTo(Arrays.copyOf(notification, 9));
        client.server.says(Arrays.copyOfRange(notification, 9, notification.length));
        byte[] rest = client.received();
        assertThat(Arrays.copyOf(rest, 16)).isEqualTo(Arrays.copyOfRange(notification, 9, 25));
        assertThat(Wires.types(Arrays.copyOfRange(rest, 16, rest.length))).isEqualTo("EZ");
    }

    @Test
    void releasesMessagesThatWaitWhenTheSessionEnds() {
        Client client = proxy.client().loggedIn();
        client.server.says(Arrays.copyOf(Wires.frame('A', 20), 9));
        client.sends(query("SELECT pgclonedb.drop_databas('a_b')"));
        client.received();
        client.channel.close();
    }

    @Test
    void cancelsTheCallWhenTheClientGoes() {
        Client client = callingClient();
        client.channel.close();
        proxy.run();
        assertThat(proxy.calls.latest().cancels()).isNotEmpty().containsOnly(CancelReason.SESSION_ENDED);
        proxy.calls.latest().fail(PgException.error("57014", "cancelled"));
        proxy.run();
        assertThat(client.server.channel.isOpen()).isFalse();
    }

    @Test
    void cancelsTheCallWhenTheServerGoesAndTellsTheClientWhenItHasEnded() {
        Client client = callingClient();
        client.server.channel.close();
        proxy.run();
        assertThat(proxy.calls.latest().cancels()).containsExactly(CancelReason.SESSION_ENDED);
        assertThat(client.isClosed()).isFalse();
        proxy.calls.latest().fail(PgException.error("57014", "cancelled"));
        assertThat(client.receivedFrames()).endsWith("E FATAL 08006");
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void endsAnIdleSessionAtShutdown() throws InterruptedException {
        Client client = proxy.client().loggedIn();
        assertThat(Drain.begin(proxy.sessions).pumpedUntilDone(proxy)).isTrue();
        assertThat(client.receivedFrames()).containsExactly("E FATAL 57P01");
        assertThat(client.server.channel.isOpen()).isFalse();
    }

    @Test
    void letsARunningCallEndAtShutdown() throws InterruptedException {
        Client client = callingClient();
        Client idle = proxy.client().loggedIn();
        Drain drain = Drain.begin(proxy.sessions);
        Drain.pumpedUntil(proxy, idle::isClosed);
        assertThat(drain.isDone()).isFalse();
        assertThat(client.isClosed()).isFalse();
        finish(client, "C", "Z", "E FATAL 57P01");
        assertThat(drain.pumpedUntilDone(proxy)).isTrue();
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void cancelsACallThatTakesTooLongToEndAtShutdown() throws InterruptedException {
        Client client = callingClient();
        Drain drain = Drain.begin(proxy.sessions, Duration.ZERO);
        Drain.pumpedUntil(proxy, () -> !proxy.calls.latest().cancels().isEmpty());
        assertThat(proxy.calls.latest().cancels()).containsExactly(CancelReason.SHUTDOWN);
        proxy.calls.latest().fail(PgException.error("57014", "cancelled"));
        assertThat(drain.pumpedUntilDone(proxy)).isFalse();
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void passesCallsOnWhereNothingIsIntercepted() {
        proxy.intercepts = false;
        Client client = proxy.client().loggedIn();
        client.sends(query(CALL));
        assertThat(client.server.received()).isEqualTo(Wires.bytes(query(CALL)));
    }

    @Test
    void endsBothSidesBeforeTheLastByteOfALongTextWithACall() {
        Client client = proxy.client().loggedIn();
        byte[] text = ("SELECT '" + "x".repeat(17 * 1024 * 1024) + "', pgclonedb.help()")
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        byte[] frame = ByteBuffer.allocate(6 + text.length)
                .put((byte) 'Q')
                .putInt(5 + text.length)
                .put(text)
                .array();
        for (int at = 0; at < frame.length; at += 64 * 1024) {
            if (!client.isClosed()) {
                client.sends(Arrays.copyOfRange(frame, at, Math.min(frame.length, at + 64 * 1024)));
            }
        }
        assertThat(client.receivedFrames()).containsExactly("E FATAL 54000");
        assertThat(client.server.received().length).isLessThan(frame.length);
    }

    @Test
    void passesALongTextWithoutACall() {
        Client client = proxy.client().loggedIn();
        byte[] frame = Wires.frame('Q', 17 * 1024 * 1024);
        Arrays.fill(frame, 5, frame.length - 1, (byte) 'x');
        for (int at = 0; at < frame.length; at += 64 * 1024) {
            client.sends(Arrays.copyOfRange(frame, at, Math.min(frame.length, at + 64 * 1024)));
        }
        assertThat(client.server.received()).isEqualTo(frame);
    }
}
