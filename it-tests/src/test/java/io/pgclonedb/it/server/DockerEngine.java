package io.pgclonedb.it.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether a Docker engine answers and has an image, asked over its HTTP interface without a word in the log. Testcontainers
 * would log every way it tried and ask for a missing image again and again for minutes.
 */
final class DockerEngine {
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    private static final Duration PULL = Duration.ofMinutes(5);
    private static final String STATUS_OK = " 200 ";

    private DockerEngine() {}

    /** Whether there is one, within two seconds. */
    static boolean answers() {
        return request("GET /_ping", PATIENCE).contains(STATUS_OK);
    }

    /** Whether it has this image or can pull it, which it tries once. */
    static boolean canHave(String image) {
        if (has(image)) {
            return true;
        }
        String pulled =
                request("POST /images/create?fromImage=" + URLEncoder.encode(image, StandardCharsets.UTF_8), PULL);
        return pulled.contains(STATUS_OK) && has(image);
    }

    private static boolean has(String image) {
        return request("GET /images/" + image + "/json", PATIENCE).contains(STATUS_OK);
    }

    /** The status line of the answer once the answer has ended; empty when there is none in time. */
    private static String request(String methodAndPath, Duration patience) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> answer.complete(exchange(methodAndPath)), "docker-engine");
        thread.setDaemon(true);
        thread.start();
        try {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            return "";
        } catch (InterruptedException | ExecutionException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String exchange(String methodAndPath) {
        Optional<SocketAddress> address = address();
        if (address.isEmpty()) {
            return "";
        }
        try (SocketChannel channel = address.get() instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open()) {
            channel.connect(address.get());
            String request = methodAndPath + " HTTP/1.0\r\nContent-Length: 0\r\n\r\n";
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            StringBuilder text = new StringBuilder();
            ByteBuffer buffer = ByteBuffer.allocate(8192);
            while (channel.read(buffer) >= 0) {
                text.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
                buffer.clear();
            }
            return text.toString().lines().findFirst().orElse("");
        } catch (IOException nobody) {
            return "";
        }
    }

    /** Where DOCKER_HOST says, else the usual socket. */
    private static Optional<SocketAddress> address() {
        String host = System.getenv("DOCKER_HOST");
        if (host == null || host.isEmpty()) {
            return Optional.of(UnixDomainSocketAddress.of("/var/run/docker.sock"));
        }
        URI uri = URI.create(host);
        return switch (uri.getScheme()) {
            case "unix" -> Optional.of(UnixDomainSocketAddress.of(Path.of(uri.getPath())));
            case "tcp", "http" -> Optional.of(new InetSocketAddress(uri.getHost(), uri.getPort()));
            default -> Optional.empty();
        };
    }
}
