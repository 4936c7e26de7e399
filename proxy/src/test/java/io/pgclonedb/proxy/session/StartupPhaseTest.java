package io.pgclonedb.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.protocol.startup.StartupPacket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartupPhaseTest {
    private final Proxy proxy = new Proxy();

    @AfterEach
    void close() {
        proxy.close();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void holdsNoServerConnectionForASilentClient() {
        Client client = proxy.client();
        proxy.run();
        assertThat(client.server.connected).isFalse();
        assertThat(client.received()).isEmpty();
        assertThat(proxy.observer.events).containsExactly("accepted");
    }

    @Test
    void refusesTlsAndGoesOn() {
        Client client = proxy.client();
        client.sends(new StartupPacket.SslRequest());
        assertThat(text(client.received())).isEqualTo("N");
        assertThat(client.server.connected).isFalse();
        client.sends(Client.startup("myapp"));
        assertThat(client.server.connected).isTrue();
    }

    @Test
    void refusesGssEncryptionAndThenTlsOnTheSameSocket() {
        Client client = proxy.client();
        client.sends(new StartupPacket.GssEncRequest());
        assertThat(text(client.received())).isEqualTo("N");
        client.sends(new StartupPacket.SslRequest());
        assertThat(text(client.received())).isEqualTo("N");
        client.sends(Client.startup("myapp"));
        assertThat(client.server.received()).isEqualTo(Wires.bytes(Client.startup("myapp")));
    }

    @Test
    void refusesToBeAskedForTlsTwice() {
        Client client = proxy.client();
        client.sends(new StartupPacket.SslRequest());
        client.received();
        client.sends(new StartupPacket.SslRequest());
        assertThat(client.receivedFrames()).containsExactly("E FATAL 0A000");
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void refusesToBeAskedForGssEncryptionTwice() {
        Client client = proxy.client();
        client.sends(new StartupPacket.GssEncRequest());
        client.received();
        client.sends(new StartupPacket.GssEncRequest());
        assertThat(client.receivedFrames()).containsExactly("E FATAL 0A000");
    }

    @Test
    void endsWhenBytesFollowAnEncryptionRequestUnasked() {
        Client client = proxy.client();
        client.sends(Wires.join(Wires.bytes(new StartupPacket.SslRequest()), Wires.bytes(Client.startup("smuggled"))));
        assertThat(client.receivedFrames()).containsExactly("E FATAL 08P01");
        assertThat(client.isClosed()).isTrue();
        assertThat(client.server.connected).isFalse();
    }

    @Test
    void endsWhenBytesFollowTheStartupMessageUnasked() {
        Client client = proxy.client();
        client.sends(Wires.join(Wires.bytes(Client.startup("myapp")), Wires.frame('Q', 3)));
        assertThat(client.receivedFrames()).containsExactly("E FATAL 08P01");
        assertThat(client.server.connected).isFalse();
    }

    @Test
    void readsAPacketWhereverItIsSplit() {
        byte[] packet = Wires.bytes(Client.startup("myapp"));
        for (int split = 1; split < packet.length; split++) {
            Client client = proxy.client();
            client.sends(Arrays.copyOf(packet, split));
            assertThat(client.server.connected).isFalse();
            client.sends(Arrays.copyOfRange(packet, split, packet.length));
            assertThat(client.server.received()).isEqualTo(packet);
        }
    }

    @Test
    void readsAPacketByteByByte() {
        byte[] packet = Wires.bytes(Client.startup("myapp"));
        Client client = proxy.client();
        for (byte one : packet) {
            client.sends(new byte[] {one});
        }
        assertThat(client.server.received()).isEqualTo(packet);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 4, 7, 10_005, Integer.MAX_VALUE})
    void refusesALengthBeforeAnythingIsCollected(int length) {
        Client client = proxy.client();
        client.sends(ByteBuffer.allocate(4).putInt(length).array());
        assertThat(client.receivedFrames()).containsExactly("E FATAL 08P01");
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void refusesAnotherProtocol() {
        Client client = proxy.client();
        client.sends(ByteBuffer.allocate(9).putInt(9).putInt(2 << 16).array());
        assertThat(client.receivedFrames()).containsExactly("E FATAL 0A000");
    }

    @Test
    void closesASilentConnectionWhenItsTimeIsOver() {
        Client client = proxy.client();
        client.channel.advanceTimeBy(31, TimeUnit.SECONDS);
        client.channel.runScheduledPendingTasks();
        assertThat(client.received()).isEmpty();
        assertThat(client.isClosed()).isTrue();
        assertThat(proxy.observer.events).containsExactly("accepted", "closed unauthenticated");
    }

    @Test
    void releasesHalfAPacketWhenTheClientGoes() {
        Client client = proxy.client();
        client.sends(new byte[] {0, 0, 0});
        client.channel.close();
        proxy.run();
        assertThat(proxy.sessions.size()).isZero();
    }

    @Test
    void refusesTooManyThatHaveNotLoggedIn() {
        proxy.limits = new ConnectionLimits(100, 0, 2);
        Client first = proxy.client();
        Client second = proxy.client();
        Client third = proxy.client();
        assertThat(third.receivedFrames()).containsExactly("E FATAL 53300");
        assertThat(third.isClosed()).isTrue();

        Client elsewhere = proxy.client("192.0.2.2");
        assertThat(elsewhere.isClosed()).isFalse();

        first.loggedIn();
        assertThat(proxy.client().isClosed()).isFalse();
        second.channel.close();
        proxy.run();
        assertThat(proxy.client().isClosed()).isFalse();
        assertThat(proxy.client().isClosed()).isTrue();
    }

    @Test
    void refusesTooManySessions() {
        proxy.limits = new ConnectionLimits(1, 0, 100);
        Client first = proxy.client().loggedIn();
        Client second = proxy.client("192.0.2.2");
        second.sends(Client.startup("myapp"));
        assertThat(second.receivedFrames()).containsExactly("E FATAL 53300");
        assertThat(second.server.connected).isFalse();

        first.channel.close();
        proxy.run();
        proxy.client("192.0.2.2").loggedIn();
    }

    @Test
    void endsAtOnceAtShutdown() throws InterruptedException {
        Client client = proxy.client();
        Drain drain = Drain.begin(proxy.sessions);
        assertThat(drain.pumpedUntilDone(proxy)).isTrue();
        assertThat(client.receivedFrames()).containsExactly("E FATAL 57P01");
        assertThat(client.isClosed()).isTrue();
    }
}
