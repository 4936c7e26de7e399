package io.pgclonedb.it.drivers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Node.js's drivers, as the lock file pins them, each in the scenarios of its script. */
@Tag("drivers")
class NodeDriversIT {
    static final List<Script> SCRIPTS = List.of(
            new Script("node-postgres", "pg", "node/with_pg.mjs"),
            new Script("postgres.js", "postgres", "node/with_postgres.mjs"));

    @RegisterExtension
    static final Application APPLICATION = Application.named("node");

    private static Path node;
    private static Path installed;

    @BeforeAll
    static void onboard() throws SQLException, IOException {
        node = Clients.program("node");
        installed = install(Clients.program("npm"));
    }

    /** Copies the scripts to where the packages are installed: Node.js looks for packages beside a script. */
    private static Path install(Path npm) throws IOException {
        Path target =
                Files.createDirectories(Path.of("target", "drivers", "node").toAbsolutePath());
        try (Stream<Path> files = Files.list(Script.resource("node"))) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        ClientProcess.Output output = ClientProcess.start(
                        List.of(npm.toString(), "ci", "--ignore-scripts", "--prefer-offline", "--fetch-retries=1"),
                        target,
                        Map.of(),
                        "")
                .await();
        if (output.exitCode() != 0) {
            throw Clients.missing("npm ci has failed: " + output.errors());
        }
        return target;
    }

    static Stream<Arguments> scenarios() {
        return Script.scenarios(SCRIPTS);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("scenarios")
    void drives(Script script, String scenario) throws Exception {
        Path file = installed.resolve(Path.of(script.path()).getFileName());
        script.run(APPLICATION, List.of(node.toString()), file, scenario);
    }
}
