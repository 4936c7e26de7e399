package io.pgclonedb.proxy.session;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Where the server is. A name is looked up for every connection, so that a server that moved is found again.
 *
 * @param host name or address
 */
public record BackendAddress(String host, int port) {
    /** The address to connect to. A look-up may block and therefore runs on a thread of its own, never on an event loop. */
    CompletableFuture<InetSocketAddress> resolve() {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal != null) {
            return CompletableFuture.completedFuture(lookUp());
        }
        return CompletableFuture.supplyAsync(this::lookUp);
    }

    private InetSocketAddress lookUp() {
        try {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException unknown) {
            throw new CompletionException(unknown);
        }
    }

    @Override
    public String toString() {
        return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
}
