package io.pgclonedb.proxy.session;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** A client's socket without a network. */
final class ClientChannel extends EmbeddedChannel {
    private final InetSocketAddress address;

    ClientChannel(InetSocketAddress address) {
        this.address = address;
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return address;
    }
}
