package io.pgclonedb.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.server.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckCommandIT {
    private final PostgresServer server = PostgresServer.shared();

    @BeforeEach
    void createRole() throws SQLException {
        execute("CREATE ROLE check_plain LOGIN PASSWORD 'canary'");
    }

    @AfterEach
    void dropRole() throws SQLException {
        execute("DROP ROLE check_plain");
    }

    private void execute(String command) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private long databases() throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT count(*) FROM pg_database WHERE datname = 'check_control'")) {
            row.next();
            return row.getLong(1);
        }
    }

    private CliProcess check(String backend, Map<String, String> variables) {
        return CliProcess.start(
                variables,
                List.of(),
                "check",
                "--backend",
                backend,
                "--control-database",
                "check_control",
                "--listen",
                "127.0.0.1:0",
                "--http-listen",
                "127.0.0.1:0");
    }

    @Test
    void reportsWhatTheServerAllowsAndCreatesNothing() throws Exception {
        try (CliProcess check = check(CliProcess.backend(server), Map.of())) {
            assertThat(check.exitCode()).as(check.out() + check.err()).isZero();
            assertThat(check.out())
                    .contains(
                            "ok       version            PostgreSQL " + server.version(),
                            "ok       admin role         is a superuser",
                            "at start",
                            "free space",
                            "max_connections")
                    .containsPattern("warning +pg_hba +trust on line 1;")
                    .doesNotContain(PostgresServer.PASSWORD + "@", "FAILURE");
        }
        assertThat(databases()).isZero();
    }

    @Test
    void thePasswordMayComeFromTheEnvironment() throws Exception {
        String backend = "postgresql://postgres@" + server.host() + ":" + server.port();
        try (CliProcess check = check(backend, Map.of("PGPASSWORD", PostgresServer.PASSWORD))) {
            assertThat(check.exitCode()).as(check.out() + check.err()).isZero();
        }
    }

    @Test
    void aRoleThatIsNoSuperuserIsAFailure() throws Exception {
        String backend = "postgresql://check_plain:canary@" + server.host() + ":" + server.port() + "/postgres";
        try (CliProcess check = check(backend, Map.of())) {
            assertThat(check.exitCode()).isEqualTo(1);
            assertThat(check.out())
                    .containsPattern("FAILURE +admin role +is no superuser")
                    .doesNotContain("canary");
        }
    }

    @Test
    void aWrongPasswordIsAFailure() throws Exception {
        String backend = "postgresql://postgres:canary@" + server.host() + ":" + server.port() + "/postgres";
        try (CliProcess check = check(backend, Map.of())) {
            assertThat(check.exitCode()).isEqualTo(1);
            assertThat(check.out()).containsPattern("FAILURE +connection").doesNotContain("canary");
            assertThat(check.err()).isEmpty();
        }
    }
}
