package io.pgclonedb.proxy.session;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server connection of a session, from the look-up of the name to the end. Belongs to the session's event loop. */
final class BackendConnection {
    private static final Logger LOG = LoggerFactory.getLogger(BackendConnection.class);

    private final Session session;
    private final BackendAddress server;
    private final BackendConnector connector;
    private @Nullable Channel channel;

    BackendConnection(Session session, BackendAddress server, BackendConnector connector) {
        this.session = session;
        this.server = server;
        this.connector = connector;
    }

    /** Looks the server up and connects; one of the two runs on the event loop, unless the session has ended meanwhile. */
    void open(Consumer<Channel> connected, Runnable unreachable) {
        server.resolve()
                .whenComplete((address, unknown) -> session.client().eventLoop().execute(() -> {
                    if (session.hasEnded()) {
                        return;
                    }
                    if (unknown != null) {
                        LOG.warn("cannot look up the server {}: {}", server, unknown.getMessage());
                        session.guarded(unreachable);
                        return;
                    }
                    connect(address, connected, unreachable);
                }));
    }

    private void connect(InetSocketAddress address, Consumer<Channel> connected, Runnable unreachable) {
        ChannelFuture opening = connector.connect(session.client().eventLoop(), address, session);
        opening.addListener((ChannelFutureListener) done -> opened(done, connected, unreachable));
    }

    private void opened(ChannelFuture done, Consumer<Channel> connected, Runnable unreachable) {
        if (!done.isSuccess()) {
            LOG.warn("cannot connect to the server {}: {}", server, done.cause().getMessage());
            session.guarded(unreachable);
        } else if (session.hasEnded()) {
            done.channel().close();
        } else {
            channel = done.channel();
            session.guarded(() -> connected.accept(done.channel()));
        }
    }

    /** Closes it, if it was opened, as soon as what was written has left. */
    void close() {
        if (channel != null) {
            Closing.afterFlush(channel);
        }
    }
}
