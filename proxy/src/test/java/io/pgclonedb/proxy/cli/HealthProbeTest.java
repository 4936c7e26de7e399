package io.pgclonedb.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.proxy.http.Health;
import io.pgclonedb.proxy.http.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HealthProbeTest {
    @Test
    void asksWhereTheProxyListens() {
        assertThat(HealthProbe.uri(Map.of())).isEqualTo(URI.create("http://127.0.0.1:9632/readyz"));
        assertThat(HealthProbe.uri(Map.of("PGCLONEDB_HTTP_LISTEN", "0.0.0.0:8080")))
                .isEqualTo(URI.create("http://127.0.0.1:8080/readyz"));
        assertThat(HealthProbe.uri(Map.of("PGCLONEDB_HTTP_LISTEN", "[::]:8080")))
                .isEqualTo(URI.create("http://127.0.0.1:8080/readyz"));
        assertThat(HealthProbe.uri(Map.of(), "http://[::1]:1/livez")).isEqualTo(URI.create("http://[::1]:1/livez"));
    }

    @Test
    void readyMeansReady() throws Exception {
        Health health = new Health();
        URI uri;
        try (HttpServer server =
                HttpServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), health, () -> "")) {
            uri = URI.create("http://127.0.0.1:" + server.address().getPort() + "/readyz");
            assertThat(HealthProbe.ready(uri)).isFalse();
            health.serving();
            assertThat(HealthProbe.ready(uri)).isTrue();
        }
        assertThat(HealthProbe.ready(uri)).isFalse();
    }
}
