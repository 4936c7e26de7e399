package io.pgclonedb.proxy.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** How people write an address: {@code 127.0.0.1:6432}, {@code [::1]:6432}. */
final class Address {
    private Address() {}

    static String text(InetSocketAddress address) {
        return text(address.getHostString(), address.getPort());
    }

    static String text(String host, int port) {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /** An address that others can connect to; for one that listens everywhere, with the name of this machine. */
    static String reachable(InetSocketAddress listen) {
        InetAddress address = listen.getAddress();
        if (address == null || !address.isAnyLocalAddress()) {
            return text(listen);
        }
        try {
            return text(InetAddress.getLocalHost().getHostName(), listen.getPort());
        } catch (UnknownHostException noName) {
            return text(listen);
        }
    }
}
