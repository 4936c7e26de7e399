package io.pgclonedb.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the list of drivers in the documentation to what is run. */
class DriverListTest {
    private static final Pattern ROW = Pattern.compile("^\\| (\\S+) \\| (\\S+) \\| \\S.* \\|$", Pattern.MULTILINE);

    private static String read(String file) throws IOException {
        return Files.readString(Path.of("..").resolve(file));
    }

    private static Map<String, String> documented() throws IOException {
        Map<String, String> versions = new TreeMap<>();
        ROW.matcher(read("docs/drivers.md")).results().forEach(row -> versions.put(row.group(1), row.group(2)));
        versions.remove("driver");
        return versions;
    }

    private static String first(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private static Stream<Script> scripts() {
        return Stream.concat(PythonDriversIT.SCRIPTS.stream(), NodeDriversIT.SCRIPTS.stream());
    }

    @Test
    void namesTheDriversThatAreRun() throws IOException {
        assertThat(documented().keySet())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of("pgjdbc", "r2dbc-postgresql", "vertx-pg-client", "psql"),
                                scripts().map(Script::driver))
                        .toList());
    }

    @Test
    void givesTheVersionsThatThePomPins() throws IOException {
        String pom = read("pom.xml");
        assertThat(documented())
                .containsEntry("pgjdbc", first("<pgjdbc.version>(.*)</", pom))
                .containsEntry("r2dbc-postgresql", first("<r2dbc-postgresql.version>(.*)</", pom))
                .containsEntry("vertx-pg-client", first("<vertx.version>(.*)</", pom));
    }

    @Test
    void givesTheVersionsThatThePackageFilePins() throws IOException {
        String packages = Files.readString(Script.resource("node/package.json"));
        assertThat(documented())
                .containsEntry("node-postgres", first("\"pg\": \"(.*)\"", packages))
                .containsEntry("postgres.js", first("\"postgres\": \"(.*)\"", packages));
    }

    @Test
    void hasEveryScriptDoWhatEveryDriverDoes() {
        assertThat(scripts())
                .allSatisfy(script -> assertThat(script.scenarios())
                        .as(script.path())
                        .containsAll(Script.COMMON)
                        .doesNotHaveDuplicates());
    }
}
