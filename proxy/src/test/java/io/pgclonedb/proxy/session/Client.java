package io.pgclonedb.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.pgclonedb.protocol.Message;
import io.pgclonedb.protocol.startup.StartupMessage;
import io.pgclonedb.protocol.startup.StartupPacket;
import java.net.InetSocketAddress;
import java.util.List;

/** A client of the proxy, with the server's end that its session gets. */
final class Client {
    private final Proxy proxy;
    final ClientChannel channel;
    final ScriptedServer server;
    final Session session;

    Client(Proxy proxy, SessionEnvironment environment, InetSocketAddress address) {
        this.proxy = proxy;
        channel = new ClientChannel(address);
        channel.freezeTime();
        channel.config().setAllocator(proxy.allocator);
        server = new ScriptedServer(proxy.allocator);
        session = Session.accepted(
                channel, environment, (eventLoop, where, of) -> proxy.connect(eventLoop, where, of, server));
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                session.clientBytes((ByteBuf) message);
            }

            @Override
            public void channelReadComplete(ChannelHandlerContext context) {
                session.clientReadComplete();
            }

            @Override
            public void channelWritabilityChanged(ChannelHandlerContext context) {
                session.clientWritabilityChanged();
            }

            @Override
            public void channelInactive(ChannelHandlerContext context) {
                session.clientClosed();
            }
        });
    }

    static StartupMessage startup(String user) {
        return new StartupMessage(
                3,
                0,
                List.of(
                        StartupMessage.Parameter.of("user", user),
                        StartupMessage.Parameter.of("database", "postgres")));
    }

    /** Logs in with a password. */
    Client loggedIn() {
        sends(Wires.bytes(startup("myapp_db_admin")));
        server.challenges();
        sends(Wires.frame('p', 10));
        server.letsIn("myapp_db_admin");
        received();
        server.received();
        return this;
    }

    void sends(byte[] bytes) {
        channel.writeInbound(proxy.allocator.buffer().writeBytes(bytes));
        proxy.run();
    }

    void sends(StartupPacket packet) {
        sends(Wires.bytes(packet));
    }

    void sends(Message... messages) {
        sends(Wires.bytes(messages));
    }

    /** What came since it was last asked. */
    byte[] received() {
        proxy.run();
        return Wires.drain(channel);
    }

    List<String> receivedFrames() {
        return Wires.frames(received());
    }

    boolean isClosed() {
        return !channel.isOpen();
    }

    void run() {
        channel.runPendingTasks();
        server.channel.runPendingTasks();
    }

    void close() {
        channel.finishAndReleaseAll();
        server.channel.finishAndReleaseAll();
    }
}
