package io.pgclonedb.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.server.TestDatabase;
import io.pgclonedb.policy.FunctionCatalog;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InstallStubsCommandIT {
    private static final String DATABASE = "stubs_cli";
    private static final String CONTROL = "stubs_cli_control";

    private final PostgresServer server = PostgresServer.shared();
    private TestDatabase database;

    @BeforeEach
    void anEmptyDatabase() throws SQLException {
        database = TestDatabase.create(DATABASE);
    }

    @AfterEach
    void clean() throws SQLException {
        database.close();
        new TestDatabase(CONTROL).close();
    }

    private record Ended(int exitCode, String out, String err) {}

    private Ended install(String name, String... options) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "install-stubs",
                name,
                "--backend",
                CliProcess.backend(server),
                "--control-database",
                CONTROL,
                "--listen",
                "127.0.0.1:7777"));
        arguments.addAll(List.of(options));
        try (CliProcess process = CliProcess.start(arguments.toArray(String[]::new))) {
            int exitCode = process.exitCode();
            return new Ended(exitCode, process.out(), process.err());
        }
    }

    private String ask(String query) throws SQLException {
        try (Connection connection = server.connect(DATABASE);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private String stubs() throws SQLException {
        return ask("SELECT string_agg(proname, ' ' ORDER BY proname COLLATE \"C\") FROM pg_proc"
                + " WHERE pronamespace = to_regnamespace('pgclonedb')");
    }

    private String refusal() throws SQLException {
        try (Connection connection = server.connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pgclonedb.help()");
            throw new AssertionError("it was answered");
        } catch (SQLException error) {
            return error.getSQLState() + " " + error.getMessage();
        }
    }

    private static String allNames() {
        return String.join(
                " ",
                FunctionCatalog.functions().stream()
                        .map(function -> function.name())
                        .sorted()
                        .toList());
    }

    @Test
    void installsOneStubForEachFunctionAndReplacesThemWhenRunAgain() throws Exception {
        // when
        Ended first = install(DATABASE);
        // then
        assertThat(first.err()).isEmpty();
        assertThat(first.exitCode()).isZero();
        assertThat(first.out())
                .contains("schema \"pgclonedb\" created in database \"stubs_cli\": "
                        + FunctionCatalog.functions().size()
                        + " functions, to be called through the proxy at 127.0.0.1:7777");
        assertThat(stubs()).isEqualTo(allNames());
        assertThat(refusal()).startsWith("0A000").contains("connect through the proxy at 127.0.0.1:7777");

        // given the stubs of another version
        TestDatabase.execute(
                DATABASE,
                "ALTER FUNCTION pgclonedb.help(text) RENAME TO earlier",
                "DROP FUNCTION pgclonedb.show_config()");
        // when
        Ended second = install(DATABASE, "--address", "proxy.example.com:6432");
        // then
        assertThat(second.err()).isEmpty();
        assertThat(second.exitCode()).isZero();
        assertThat(second.out()).contains("schema \"pgclonedb\" brought up to date in database \"stubs_cli\"");
        assertThat(stubs()).isEqualTo(allNames());
        assertThat(refusal()).startsWith("0A000").contains("connect through the proxy at proxy.example.com:6432");
    }

    @Test
    void saysInOneLineWhatIsWrong() throws Exception {
        Ended refused = install("no_such_database");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .startsWith("pgclonedb: database \"no_such_database\" does not exist")
                .hasLineCount(1);
    }
}
