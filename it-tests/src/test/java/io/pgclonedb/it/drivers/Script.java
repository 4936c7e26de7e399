package io.pgclonedb.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * A script that drives the proxy with a driver of its language, scenario by scenario.
 *
 * @param driver what its users call it
 * @param module what the script imports
 * @param path from the resources of the drivers
 */
record Script(String driver, String module, String path) {
    /** What every driver has to do. */
    static final List<String> COMMON = List.of(
            "connects",
            "reads",
            "clones",
            "recovers_in_a_transaction",
            "reports_errors",
            "autocommit_off",
            "cancels",
            "times_out");

    private static final Pattern SCENARIO =
            Pattern.compile("^(?:@scenario\n(?:async )?def (\\w+)|scenario\\('(\\w+)')", Pattern.MULTILINE);

    /** All scenarios of all scripts, for a test that takes both. */
    static Stream<Arguments> scenarios(List<Script> scripts) {
        return scripts.stream().flatMap(script -> script.scenarios().map(scenario -> Arguments.of(script, scenario)));
    }

    /** The scenarios that the script holds, in its own order. */
    Stream<String> scenarios() {
        return SCENARIO.matcher(read(resource(path))).results().map(Script::name).toList().stream();
    }

    @Override
    public String toString() {
        return driver;
    }

    private static String name(MatchResult scenario) {
        return scenario.group(1) == null ? scenario.group(2) : scenario.group(1);
    }

    /** A file or directory beside the scripts. */
    static Path resource(String name) {
        try {
            return Path.of(Script.class.getResource("/drivers/" + name).toURI());
        } catch (URISyntaxException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Runs one scenario and looks at what it left on the server. Clones of the slow template do not end while it runs.
     *
     * @param interpreter with its options
     * @param file the script, which may be a copy elsewhere
     */
    void run(Application application, List<String> interpreter, Path file, String scenario) throws Exception {
        try (Connection blocker = application.holdBackClones()) {
            List<String> command = Stream.concat(interpreter.stream(), Stream.of(file.toString(), scenario))
                    .toList();
            ClientProcess.Output output = ClientProcess.start(command, file.getParent(), application.environment(), "")
                    .await();
            assertThat(output.exitCode()).as(output.errors() + output.out()).isZero();
            assertThat(output.out()).contains("{\"client\"").contains(scenario);
            assertThat(application.exists(Application.OTHER_DATABASE)).isTrue();
            if (scenario.startsWith("clones") || scenario.equals("autocommit_off")) {
                assertThat(application.state(application.copy())).isEqualTo("open");
            }
            if (scenario.startsWith("cancels") || scenario.startsWith("times_out")) {
                // a driver may give up before the server has
                Application.await(() -> application
                        .audit(1)
                        .equals(List.of("create_database " + application.slowCopy() + " failed 57014")));
            }
            assertThat(application.exists(application.slowCopy())).isFalse();
            blocker.rollback();
        }
    }
}
