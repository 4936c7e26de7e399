package io.pgclonedb.it.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The demo has a server of its own, which is always the newest. */
class DemoCommandIT {
    private static final int VERSION = 18;
    private static final Pattern READY = Pattern.compile("ready: proxy at 127\\.0\\.0\\.1:(\\d+), .*");

    @TempDir
    Path temporary;

    @Test
    void startsAServerWithSomethingToCloneAndLeavesNothingBehind() throws Exception {
        assumeTrue(
                Integer.getInteger("pgclonedb.it.version", VERSION) == VERSION,
                "the demo brings a server of its own, of version " + VERSION);
        Path binaries =
                Path.of(System.getProperty("pgclonedb.it.binaries", "target/postgres"), "postgres-" + VERSION + ".jar");
        try (CliProcess demo = CliProcess.start(
                Map.of("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + temporary),
                List.of(binaries.toAbsolutePath()),
                "demo",
                "--port",
                "0",
                "--http-port",
                "0")) {
            Matcher ready = READY.matcher(demo.awaitReady());
            assertThat(ready.matches()).isTrue();
            assertThat(demo.out()).contains("psql -h 127.0.0.1 -p " + ready.group(1) + " -U myapp_db_admin postgres");
            try (Connection connection = connect(Integer.parseInt(ready.group(1)), "myapp_db_admin");
                    Statement statement = connection.createStatement()) {
                assertThat(value(
                                statement,
                                "SELECT datallowconn::text || datistemplate::text || pg_get_userbyid(datdba)"
                                        + " FROM pg_database WHERE datname = 'myapp_source'"))
                        .isEqualTo("falsetruemyapp_db_admin");
                assertThat(value(
                                statement,
                                "SELECT string_agg(rolname, ' ' ORDER BY rolname) FROM pg_roles"
                                        + " WHERE rolname IN ('myapp_app', 'app_writer')"))
                        .isEqualTo("app_writer myapp_app");
            }
            try (Connection connection = connect(Integer.parseInt(ready.group(1)), "postgres");
                    Statement statement = connection.createStatement()) {
                assertThat(value(statement, "SELECT rolsuper::text FROM pg_roles WHERE rolname = current_user"))
                        .isEqualTo("true");
            }
            List<ProcessHandle> server = serverProcesses();
            assertThat(server).isNotEmpty();
            demo.terminate();
            assertThat(demo.exitCode()).as(demo.err()).isZero();
            for (ProcessHandle process : server) {
                assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(20));
            }
        }
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left.filter(path -> path.getFileName().toString().startsWith("pgclonedb")))
                    .isEmpty();
        }
    }

    /** Those that were started from the demo's own directory; they need not be children of the JVM. */
    private List<ProcessHandle> serverProcesses() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").startsWith(temporary.toString()))
                .toList();
    }

    private static Connection connect(int port, String user) throws Exception {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {port});
        source.setDatabaseName("postgres");
        source.setUser(user);
        source.setPassword("demo");
        return source.getConnection();
    }

    private static String value(Statement statement, String query) throws Exception {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
