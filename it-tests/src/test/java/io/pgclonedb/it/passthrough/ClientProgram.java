package io.pgclonedb.it.passthrough;

import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.wire.Endpoint;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** One of PostgreSQL's own client programs, where it is installed; a test that needs a missing one is skipped. */
public final class ClientProgram {
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

    private final Path path;

    private ClientProgram(Path path) {
        this.path = path;
    }

    /** What a program wrote and how it ended. */
    public record Output(int exitCode, String out, String errors) {}

    /** The program of this name on the PATH. */
    public static ClientProgram installed(String name) {
        Path path = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        Assumptions.assumeTrue(path != null, name + " is not installed");
        return new ClientProgram(path);
    }

    /** The same, but the test is skipped when the program is older than the server: pg_dump refuses to work then. */
    public ClientProgram asNewAs(PostgresServer server) {
        Matcher version = VERSION.matcher(
                run(List.of(path.toString(), "--version"), Map.of(), "").out());
        int major = version.find() ? Integer.parseInt(version.group(1)) : 0;
        Assumptions.assumeTrue(
                major >= server.version(),
                path.getFileName() + " is of version " + major + ", the server of " + server.version());
        return this;
    }

    /** Runs the program as superuser against a database. */
    public Output run(Endpoint endpoint, String database, String input, String... arguments) {
        return runAs(PostgresServer.SUPERUSER, PostgresServer.PASSWORD, endpoint, database, input, arguments);
    }

    /** Runs the program and waits until it ends; fails after two minutes. */
    public Output runAs(
            String user, String password, Endpoint endpoint, String database, String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(path.toString()));
        command.addAll(List.of(arguments));
        return run(
                command,
                Map.of(
                        "PGHOST",
                        endpoint.host(),
                        "PGPORT",
                        String.valueOf(endpoint.port()),
                        "PGDATABASE",
                        database,
                        "PGUSER",
                        user,
                        "PGPASSWORD",
                        password,
                        "PSQLRC",
                        "/dev/null",
                        "LC_ALL",
                        "C.UTF-8"),
                input);
    }

    private static Output run(List<String> command, Map<String, String> environment, String input) {
        try {
            Path in = Files.createTempFile("input", ".txt");
            Path out = Files.createTempFile("output", ".txt");
            Path errors = Files.createTempFile("errors", ".txt");
            try {
                Files.writeString(in, input);
                ProcessBuilder builder = new ProcessBuilder(command)
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(errors.toFile());
                builder.environment().putAll(environment);
                Process process = builder.start();
                if (!process.waitFor(2, TimeUnit.MINUTES)) {
                    process.destroyForcibly();
                    throw new IllegalStateException(command + " does not end: " + Files.readString(errors));
                }
                return new Output(
                        process.exitValue(),
                        Files.readString(out, StandardCharsets.UTF_8),
                        Files.readString(errors, StandardCharsets.UTF_8));
            } finally {
                Files.delete(in);
                Files.delete(out);
                Files.delete(errors);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
