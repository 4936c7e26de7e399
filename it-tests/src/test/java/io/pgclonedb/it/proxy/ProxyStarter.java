package io.pgclonedb.it.proxy;

import io.pgclonedb.it.wire.Endpoint;
import io.pgclonedb.proxy.cli.RunningProxy;
import io.pgclonedb.proxy.config.ProxyConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

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
        public String metrics() {
            InetSocketAddress http = proxy.httpAddress();
            URI uri = URI.create("http://" + http.getAddress().getHostAddress() + ":" + http.getPort() + "/metrics");
            try (InputStream body = uri.toURL().openStream()) {
                return new String(body.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
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
