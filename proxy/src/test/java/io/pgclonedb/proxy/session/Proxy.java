package io.pgclonedb.proxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.pgclonedb.proxy.intercept.Interception;
import io.pgclonedb.proxy.intercept.ScriptedCalls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the sessions of a test share: no sockets, no threads, and an allocator that counts. */
final class Proxy implements AutoCloseable {
    final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
    final RecordingObserver observer = new RecordingObserver();
    final SessionRegistry sessions = new SessionRegistry();
    final ScriptedCalls calls = new ScriptedCalls();
    final List<String> refusals = new ArrayList<>();
    final List<Client> clients = new ArrayList<>();
    ConnectionLimits limits = new ConnectionLimits(100, 0, 100);
    boolean allowTrust;
    boolean reachable = true;
    boolean intercepts = true;
    String host = "127.0.0.1";

    /** A client connects. */
    Client client() {
        return client("192.0.2.1");
    }

    Client client(String address) {
        SessionEnvironment environment = new SessionEnvironment(
                new BackendAddress(host, 5432),
                new SessionEnvironment.Admission(limits, Duration.ofSeconds(30), allowTrust),
                sessions,
                CancelBroadcast.NONE,
                observer,
                intercepts ? new Interception(calls, refusals::add) : null);
        Client client = new Client(this, environment, new InetSocketAddress(address, 40000 + clients.size()));
        clients.add(client);
        return client;
    }

    ChannelFuture connect(EventLoop eventLoop, InetSocketAddress server, Session session, ScriptedServer backend) {
        return reachable
                ? backend.accept(session)
                : backend.channel.newFailedFuture(new IOException("connection refused"));
    }

    /** Runs what waits on the event loops. */
    void run() {
        for (int i = 0; i < 4; i++) {
            clients.forEach(Client::run);
        }
    }

    /** Whatever a test has left open is closed; then nothing may be held any more. */
    @Override
    public void close() {
        clients.forEach(Client::close);
        run();
        assertThat(sessions.size()).as("sessions").isZero();
        assertThat(allocator.metric().usedHeapMemory()).as("bytes held").isZero();
    }
}
