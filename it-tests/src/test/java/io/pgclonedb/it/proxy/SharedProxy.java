package io.pgclonedb.it.proxy;

import io.pgclonedb.it.server.PostgresServer;

/** Starts the shared proxy when the first test asks for it and stops it with the JVM. */
final class SharedProxy {
    private static final ProxyUnderTest INSTANCE = start();

    private SharedProxy() {}

    static ProxyUnderTest get() {
        return INSTANCE;
    }

    private static ProxyUnderTest start() {
        ProxyUnderTest proxy = ProxyUnderTest.start(
                ProxySettings.before(PostgresServer.shared().endpoint()));
        Runtime.getRuntime().addShutdownHook(new Thread(proxy::close));
        return proxy;
    }
}
