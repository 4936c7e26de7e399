package io.pgclonedb.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private final Health health = new Health();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.start(ANY_PORT, health, () -> "pgclonedb_something 1.0\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> request(String method, String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(10))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private String raw(String bytes) throws IOException {
        try (Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void metricsAreServedInPrometheusFormat() throws Exception {
        HttpResponse<String> response = request("GET", "/metrics");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("pgclonedb_something 1.0\n");
        assertThat(response.headers().firstValue("content-type")).contains("text/plain; version=0.0.4; charset=utf-8");
    }

    @ParameterizedTest
    @CsvSource({"/livez,200,200,200", "/startupz,503,200,200", "/readyz,503,200,503"})
    void healthFollowsTheLifeOfTheProxy(String path, int starting, int serving, int draining) throws Exception {
        assertThat(request("GET", path).statusCode()).isEqualTo(starting);
        health.serving();
        assertThat(request("GET", path).statusCode()).isEqualTo(serving);
        health.draining();
        assertThat(request("GET", path).statusCode()).isEqualTo(draining);
        health.serving();
        assertThat(request("GET", path).statusCode()).isEqualTo(draining);
    }

    @Test
    void aHeadRequestGetsNoBody() throws Exception {
        HttpResponse<String> response = request("HEAD", "/livez");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(response.headers().firstValue("content-length")).contains("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/metrics/", "/admin", "/%2e%2e/metrics"})
    void anythingElseIsNotFound(String path) throws Exception {
        assertThat(request("GET", path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS"})
    void otherMethodsAreNotAllowed(String method) throws Exception {
        HttpResponse<String> response = request(method, "/metrics");
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("allow")).contains("GET, HEAD");
    }

    @Test
    void aQueryStringIsIgnored() throws Exception {
        assertThat(request("GET", "/livez?verbose").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense\r\n\r\n", "GET /livez\u0000 HTTP/1.1\r\n bad\u0001: x\r\n\r\n"})
    void whatIsNoRequestIsRefusedAndTheConnectionClosed(String bytes) throws Exception {
        assertThat(raw(bytes)).startsWith("HTTP/1.1 4");
    }

    @Test
    void aRequestBeyondTheLimitsIsRefused() throws Exception {
        assertThat(raw("GET /" + "x".repeat(5000) + " HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 4");
        assertThat(raw("POST /metrics HTTP/1.1\r\nContent-Length: 100000000\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 413");
    }

    @Test
    void manySilentConnectionsAreCapped() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                silent.add(new Socket(
                        server.address().getAddress(), server.address().getPort()));
            }
            try (Socket tooMany =
                    new Socket(server.address().getAddress(), server.address().getPort())) {
                tooMany.setSoTimeout(10_000);
                assertThat(tooMany.getInputStream().read()).isEqualTo(-1);
            }
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void anAddressInUseIsAnError() {
        assertThatThrownBy(() -> HttpServer.start(server.address(), health, () -> ""))
                .isInstanceOf(IOException.class);
    }
}
