package io.pgclonedb.it.proxy;

import io.pgclonedb.it.wire.Endpoint;
import io.pgclonedb.proxy.cli.RunningProxy;
import io.pgclonedb.proxy.config.ProxyConfig;

/** Starts a proxy in this JVM, put together as {@code serve} does. */
final class ProxyStarter {
    private ProxyStarter() {}

    static ProxyUnderTest start(ProxyConfig config) {
        try {
            return new InThisJvm(RunningProxy.start(config));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private record InThisJvm(RunningProxy proxy) implements ProxyUnderTest {
        @Override
        public Endpoint endpoint() {
            return new Endpoint(
                    proxy.address().getAddress().getHostAddress(),
                    proxy.address().getPort());
        }

        @Override
        public void close() {
            try {
                proxy.drain();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } finally {
                proxy.close();
            }
        }
    }
}
