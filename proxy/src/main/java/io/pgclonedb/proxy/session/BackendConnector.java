package io.pgclonedb.proxy.session;

import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;

/** Opens the socket to the server. */
@FunctionalInterface
public interface BackendConnector {
    /** Connects on the given event loop; what happens on the socket goes to {@code session}. */
    ChannelFuture connect(EventLoop eventLoop, InetSocketAddress server, Session session);
}
