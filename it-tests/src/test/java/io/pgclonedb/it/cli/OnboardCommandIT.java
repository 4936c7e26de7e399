package io.pgclonedb.it.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.server.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OnboardCommandIT {
    private static final Pattern URI =
            Pattern.compile("postgresql://onboarded_db_admin:([a-zA-Z0-9]{24})@127\\.0\\.0\\.1:7777/postgres");

    private final PostgresServer server = PostgresServer.shared();

    @AfterEach
    void clean() throws SQLException {
        execute("DROP ROLE IF EXISTS onboarded_db_admin");
        execute("DROP ROLE IF EXISTS onboarded_more_db_admin");
        execute("DROP DATABASE IF EXISTS onboard_control WITH (FORCE)");
    }

    private void execute(String command) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private String value(String query) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private CliProcess onboard(String application) {
        return CliProcess.start(
                "onboard",
                application,
                "--backend",
                CliProcess.backend(server),
                "--control-database",
                "onboard_control",
                "--listen",
                "127.0.0.1:7777");
    }

    @Test
    void createsTheAdminAndPrintsItsConnectionStringOnce() throws Exception {
        try (CliProcess onboard = onboard("onboarded")) {
            assertThat(onboard.exitCode()).as(onboard.out() + onboard.err()).isZero();
            Matcher uri = URI.matcher(onboard.out());
            assertThat(uri.find()).as(onboard.out()).isTrue();
            try (Connection connection = server.connect("postgres", "onboarded_db_admin", uri.group(1))) {
                assertThat(connection.isValid(5)).isTrue();
            }
            assertThat(onboard.err()).doesNotContain(uri.group(1));
        }
        assertThat(value("SELECT rolpassword FROM pg_authid WHERE rolname = 'onboarded_db_admin'"))
                .startsWith("SCRAM-SHA-256$");
        assertThat(value("SELECT pg_has_role('onboarded_db_admin', 'pgclonedb_user', 'MEMBER')"))
                .isEqualTo("t");
        assertThat(value("SELECT count(*) FROM pg_database WHERE datname = 'onboard_control'"))
                .isEqualTo("1");
    }

    @Test
    void aRoleThatIsThereKeepsItsPassword() throws Exception {
        execute("CREATE ROLE onboarded_db_admin LOGIN PASSWORD 'kept'");
        try (CliProcess onboard = onboard("onboarded")) {
            assertThat(onboard.exitCode()).isZero();
            assertThat(onboard.out())
                    .contains("existed already and keeps its password; it was made a member")
                    .contains("postgresql://onboarded_db_admin@127.0.0.1:7777/postgres");
        }
        try (CliProcess again = onboard("onboarded")) {
            assertThat(again.exitCode()).isZero();
            assertThat(again.out()).contains("it was a member of pgclonedb_user before");
        }
        try (Connection connection = server.connect("postgres", "onboarded_db_admin", "kept")) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void saysWhenScopesOverlap() throws Exception {
        try (CliProcess first = onboard("onboarded")) {
            assertThat(first.exitCode()).isZero();
        }
        try (CliProcess second = onboard("onboarded_more")) {
            assertThat(second.exitCode()).isZero();
            assertThat(second.err())
                    .contains(
                            "databases \"onboarded_more\" and \"onboarded_more_…\" leave the scope of \"onboarded_db_admin\"");
        }
    }
}
