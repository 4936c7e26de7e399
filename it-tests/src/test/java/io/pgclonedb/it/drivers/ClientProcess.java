package io.pgclonedb.it.drivers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A client program that runs; what it writes goes through files, so that it never waits for its reader. */
final class ClientProcess {
    private static final long LIMIT_MINUTES = 2;

    private final List<String> command;
    private final Path files;
    private final Process process;

    private ClientProcess(List<String> command, Path files, Process process) {
        this.command = command;
        this.files = files;
        this.process = process;
    }

    /** What a program wrote and how it ended. */
    record Output(int exitCode, String out, String errors) {}

    /** Starts the program; the environment is added to this process's own. */
    static ClientProcess start(List<String> command, Path directory, Map<String, String> environment, String input) {
        try {
            Path files = Files.createTempDirectory("client");
            Path in = Files.writeString(files.resolve("in"), input);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectInput(in.toFile())
                    .redirectOutput(files.resolve("out").toFile())
                    .redirectError(files.resolve("errors").toFile());
            builder.environment().putAll(environment);
            return new ClientProcess(command, files, builder.start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Sends it what Ctrl-C sends. */
    void interrupt() {
        try {
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    /** Waits until it ends; fails after two minutes. */
    Output await() {
        try {
            boolean ended = process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            Output output = new Output(process.exitValue(), take("out"), take("errors"));
            Files.delete(files.resolve("in"));
            Files.delete(files);
            if (!ended) {
                throw new AssertionError(command + " does not end: " + output);
            }
            return output;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw interrupted(interrupted);
        }
    }

    private String take(String file) throws IOException {
        Path path = files.resolve(file);
        String text = Files.readString(path);
        Files.delete(path);
        return text;
    }

    private static IllegalStateException interrupted(InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(interrupted);
    }
}
