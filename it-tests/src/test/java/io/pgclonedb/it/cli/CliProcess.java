package io.pgclonedb.it.cli;

import io.pgclonedb.it.server.PostgresServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** The program as an operator runs it: a process of its own, its output line by line, its exit code. */
final class CliProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final List<Thread> readers = new ArrayList<>();

    private CliProcess(Process process) {
        this.process = process;
        readers.add(reader(process.getInputStream(), out));
        readers.add(reader(process.getErrorStream(), err));
    }

    /** Starts it with the class path of the tests and whatever else is needed. */
    static CliProcess start(Map<String, String> variables, List<Path> moreClassPath, String... arguments) {
        StringBuilder classPath = new StringBuilder(System.getProperty("java.class.path"));
        moreClassPath.forEach(
                path -> classPath.append(System.getProperty("path.separator")).append(path));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                classPath.toString(),
                "io.pgclonedb.proxy.cli.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(variables);
        try {
            return new CliProcess(builder.start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static CliProcess start(String... arguments) {
        return start(Map.of(), List.of(), arguments);
    }

    /** The URI of a test server's superuser. */
    static String backend(PostgresServer server) {
        return "postgresql://" + PostgresServer.SUPERUSER + ":" + PostgresServer.PASSWORD + "@" + server.host() + ":"
                + server.port() + "/postgres";
    }

    private static Thread reader(InputStream stream, List<String> lines) {
        Thread thread = new Thread(() -> {
            try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException ended) {
                // The process has gone.
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Waits for the line that begins with {@code ready}. */
    String awaitReady() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<String> ready =
                    out.stream().filter(line -> line.startsWith("ready")).findFirst();
            if (ready.isPresent()) {
                return ready.get();
            }
            if (!process.isAlive()) {
                break;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("not ready; it said " + out + err);
    }

    /** Waits for its end. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running; it said " + out + err);
        }
        for (Thread reader : readers) {
            reader.join(PATIENCE.toMillis());
        }
        return process.exitValue();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    String out() {
        return String.join("\n", out);
    }

    String err() {
        return String.join("\n", err);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
