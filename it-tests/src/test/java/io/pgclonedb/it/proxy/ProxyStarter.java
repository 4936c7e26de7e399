package io.pgclonedb.it.proxy;

import io.pgclonedb.proxy.config.ProxyConfig;
import org.opentest4j.TestAbortedException;

/** Puts a proxy together and starts it. */
final class ProxyStarter {
    private ProxyStarter() {}

    static ProxyUnderTest start(ProxyConfig config) {
        throw new TestAbortedException("there is no server part to start before " + config.backend());
    }
}
