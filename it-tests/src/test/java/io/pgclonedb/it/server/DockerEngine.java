package io.pgclonedb.it.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether a Docker engine answers, asked quickly and without a word in the log; Testcontainers takes its time and logs
 * every way it tried.
 */
final class DockerEngine {
    private static final int PATIENCE_MILLIS = 1500;

    private DockerEngine() {}

    static boolean answers() {
        CompletableFuture<Boolean> ping = new CompletableFuture<>();
        Thread thread = new Thread(() -> ping.complete(ping()), "docker-ping");
        thread.setDaemon(true);
        thread.start();
        try {
            return ping.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            return false;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static boolean ping() {
        return address().map(DockerEngine::ping).orElse(false);
    }

    private static boolean ping(SocketAddress address) {
        try (SocketChannel channel = address instanceof UnixDomainSocketAddress
                ? SocketChannel.open(StandardProtocolFamily.UNIX)
                : SocketChannel.open()) {
            channel.connect(address);
            channel.write(ByteBuffer.wrap("GET /_ping HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(12);
            while (answer.hasRemaining() && channel.read(answer) >= 0) {
                // the status line comes in one piece or in several
            }
            return new String(answer.array(), StandardCharsets.US_ASCII).endsWith(" 200");
        } catch (IOException nobody) {
            return false;
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
