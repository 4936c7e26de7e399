package io.pgclonedb.it.drivers;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Python's drivers, each in the scenarios of its script. */
@Tag("drivers")
class PythonDriversIT {
    static final List<Script> SCRIPTS = List.of(
            new Script("psycopg", "psycopg", "python/with_psycopg.py"),
            new Script("psycopg2", "psycopg2", "python/with_psycopg2.py"),
            new Script("asyncpg", "asyncpg", "python/with_asyncpg.py"),
            new Script("SQLAlchemy", "sqlalchemy", "python/with_sqlalchemy.py"));

    private static final Map<String, Optional<Path>> INTERPRETERS = new HashMap<>();

    @RegisterExtension
    static final Application APPLICATION = Application.named("python");

    static Stream<Arguments> scenarios() {
        return Script.scenarios(SCRIPTS);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("scenarios")
    void drives(Script script, String scenario) throws Exception {
        Path interpreter = INTERPRETERS
                .computeIfAbsent(script.module(), PythonDriversIT::interpreterWith)
                .orElseThrow(() -> Clients.missing("no python3 on the PATH has the module " + script.module()));
        // no compiled files among the resources
        script.run(APPLICATION, List.of(interpreter.toString(), "-B"), Script.resource(script.path()), scenario);
    }

    /** The distribution's python3 may stand behind another one that knows nothing of its packages. */
    private static Optional<Path> interpreterWith(String module) {
        return Clients.all("python3")
                .filter(python -> ClientProcess.start(
                                        List.of(python.toString(), "-c", "import " + module),
                                        Path.of("."),
                                        Map.of(),
                                        "")
                                .await()
                                .exitCode()
                        == 0)
                .findFirst();
    }
}
