package io.pgclonedb.it.proxy;

import io.pgclonedb.it.wire.Endpoint;

/** A running proxy. */
public interface ProxyUnderTest extends AutoCloseable {
    /** The proxy in front of the shared server, started once and used by all tests. */
    static ProxyUnderTest shared() {
        return SharedProxy.get();
    }

    /** A proxy of the test's own. */
    static ProxyUnderTest start(ProxySettings settings) {
        return ProxyStarter.start(settings.build());
    }

    /** Where clients connect. */
    Endpoint endpoint();

    /** What it tells Prometheus. */
    String metrics();

    @Override
    void close();
}
