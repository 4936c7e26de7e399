package io.pgclonedb.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.protocol.Value;
import io.pgclonedb.protocol.startup.CancelRequest;
import io.pgclonedb.proxy.operation.CancelReason;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CancelPhaseTest {
    private static final CancelRequest REQUEST = new CancelRequest(ScriptedServer.PID, Value.of(ScriptedServer.KEY));

    private final Proxy proxy = new Proxy();

    @AfterEach
    void close() {
        proxy.close();
    }

    private Client callingClient() {
        Client client = proxy.client().loggedIn();
        CarrierTalk.runs(client, "SELECT pgclonedb.create_database('a_b', 'a_c')", "a_b", "a_c");
        return client;
    }

    private Client canceller(CancelRequest request) {
        Client canceller = proxy.client();
        canceller.sends(request);
        return canceller;
    }

    @Test
    void cancelsTheRunningCallOfTheSessionAndTellsTheServerNothing() {
        Client client = callingClient();
        Client canceller = canceller(REQUEST);
        assertThat(proxy.calls.latest().cancels()).containsExactly(CancelReason.USER_REQUEST);
        assertThat(canceller.server.connected).isFalse();
        assertThat(canceller.received()).isEmpty();
        assertThat(canceller.isClosed()).isTrue();
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void leavesAWrongKeyToTheServer() {
        callingClient();
        CancelRequest wrong = new CancelRequest(ScriptedServer.PID, Value.of(new byte[] {1, 2, 3, 5}));
        Client canceller = canceller(wrong);
        assertThat(proxy.calls.latest().cancels()).isEmpty();
        assertThat(canceller.server.received()).isEqualTo(Wires.bytes(wrong));
    }

    @Test
    void leavesAKeyThatIsOnlyTheBeginningToTheServer() {
        callingClient();
        CancelRequest longer = new CancelRequest(ScriptedServer.PID, Value.of(new byte[] {1, 2, 3, 4, 0}));
        canceller(longer);
        assertThat(proxy.calls.latest().cancels()).isEmpty();
    }

    @Test
    void leavesAnotherProcessToTheServer() {
        callingClient();
        CancelRequest other = new CancelRequest(ScriptedServer.PID + 1, Value.of(ScriptedServer.KEY));
        Client canceller = canceller(other);
        assertThat(proxy.calls.latest().cancels()).isEmpty();
        assertThat(canceller.server.received()).isEqualTo(Wires.bytes(other));
    }

    @Test
    void asksTheServerWhenTheSessionRunsNoCall() {
        proxy.client().loggedIn();
        Client canceller = canceller(REQUEST);
        assertThat(canceller.server.received()).isEqualTo(Wires.bytes(REQUEST));
        assertThat(canceller.isClosed()).isFalse();
        canceller.server.channel.close();
        proxy.run();
        assertThat(canceller.isClosed()).isTrue();
        assertThat(canceller.received()).isEmpty();
    }

    @Test
    void asksTheServerForASessionOfAnotherProxy() {
        Client canceller = canceller(REQUEST);
        assertThat(canceller.server.received()).isEqualTo(Wires.bytes(REQUEST));
    }

    @Test
    void tellsTheClientNothingWhenTheServerIsNotThere() {
        proxy.reachable = false;
        Client canceller = canceller(REQUEST);
        assertThat(canceller.received()).isEmpty();
        assertThat(canceller.isClosed()).isTrue();
    }

    @Test
    void passesNothingOnBetweenTheTwoSides() {
        Client canceller = canceller(REQUEST);
        canceller.server.received();
        canceller.sends(Wires.frame('Q', 10));
        assertThat(canceller.server.received()).isEmpty();
        canceller.server.says(Wires.frame('Z', 1));
        assertThat(canceller.received()).isEmpty();
    }

    @Test
    void forgetsTheKeyOfASessionThatHasEnded() {
        Client client = proxy.client().loggedIn();
        client.channel.close();
        proxy.run();
        assertThat(canceller(REQUEST).server.connected).isTrue();
    }

    @Test
    void endsWhenTheServerDoesNotAnswer() {
        Client canceller = canceller(REQUEST);
        canceller.channel.advanceTimeBy(31, TimeUnit.SECONDS);
        canceller.channel.runScheduledPendingTasks();
        assertThat(canceller.isClosed()).isTrue();
        assertThat(canceller.received()).isEmpty();
    }
}
