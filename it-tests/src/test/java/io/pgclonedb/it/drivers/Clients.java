package io.pgclonedb.it.drivers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What this machine has of the clients that are not Java. A test that needs a missing one is skipped and says why; with
 * {@code -Dpgclonedb.it.drivers=required}, as in CI, it fails instead.
 */
final class Clients {
    private Clients() {}

    /** The program of this name on the PATH. */
    static Path program(String name) {
        return all(name).findFirst().orElseThrow(() -> missing(name + " is not installed"));
    }

    /** Programs of this name, in the order of the PATH. */
    static Stream<Path> all(String name) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable);
    }

    /** Skips the test, or fails it; does not return. */
    static RuntimeException missing(String reason) {
        if ("required".equals(System.getProperty("pgclonedb.it.drivers"))) {
            return Assertions.fail(reason);
        }
        return Assumptions.abort(reason);
    }
}
