package io.pgclonedb.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** psql when one input makes several statements: FETCH_COUNT, which turns a query into a cursor, and {@code \\;}. */
@Tag("drivers")
class PsqlCursorIT {
    private static Application application;

    private Psql psql;

    @BeforeAll
    static void onboard() throws SQLException {
        Clients.program("psql");
        application = Application.onboard("psql");
    }

    @AfterAll
    static void leave() throws SQLException {
        if (application != null) {
            application.close();
        }
    }

    @BeforeEach
    void reset(@TempDir Path home) throws SQLException {
        application.reset();
        psql = new Psql(application, home);
    }

    @Test
    void cancelsACloneThroughACursor() throws Exception {
        try (Connection blocker = application.holdBackClones()) {
            ClientProcess clone = psql.start(
                    "\\set FETCH_COUNT 1", "SELECT pgclonedb.create_database(:'slow_copy', :'slow_template');\n");
            application.awaitSlowCopy();
            clone.interrupt();
            ClientProcess.Output output = clone.await();
            assertThat(output.errors()).contains("ERROR:  canceling statement due to user request");
            assertThat(output.out()).isEmpty();
            assertThat(application.exists(application.slowCopy())).isFalse();
            blocker.rollback();
        }
    }

    @ParameterizedTest(name = "{index} {0}")
    @ValueSource(
            strings = {"\\set FETCH_COUNT 1", "\\set FETCH_COUNT 100", "\\set FETCH_COUNT 2\n\\set AUTOCOMMIT off"})
    void readsAndActsThroughTheCursorsOfFetchCount(String startUp) throws Exception {
        ClientProcess.Output output = psql.type(startUp, """
                SELECT pgclonedb.help('drop_database');
                SELECT setting FROM pgclonedb.show_config() WHERE setting IN ('min_free_bytes', 'audit_retention');
                SELECT name, pgclonedb.open_database(name) FROM (VALUES (:'template'), (:'slow_template')) AS t (name);
                SELECT pgclonedb.create_database(:'copy', :'template');
                SELECT pgclonedb.drop_database(:'other');
                ROLLBACK;
                SELECT count(*) FROM pg_database WHERE datname = :'copy';
                """);
        assertThat(output.out())
                .contains(
                        "drop_database",
                        "min_free_bytes\n",
                        application.template() + "|database \"" + application.template() + "\" opened",
                        application.slowTemplate() + "|database \"" + application.slowTemplate() + "\" opened",
                        "created from")
                .endsWith("\n1\n");
        assertThat(output.errors()).contains("is out of scope for role");
        assertThat(application.state(application.copy())).isEqualTo("open");
    }

    @Test
    void sendsSeveralStatementsAsOne() throws Exception {
        ClientProcess.Output output = psql.type("", """
                SELECT 1 AS one \\; SELECT pgclonedb.open_database(:'template') \\; SELECT 'last';
                BEGIN \\; CREATE TEMP TABLE kept AS SELECT 1 \\; SELECT pgclonedb.close_database(:'template') \\; COMMIT;
                SELECT 'before' \\; SELECT pgclonedb.drop_database(:'other') \\; SELECT 'never';
                SELECT count(*) FROM kept;
                """);
        String template = "database \"" + application.template() + "\" ";
        assertThat(output.out()).isEqualTo("1\n" + template + "opened\nlast\n" + template + "closed\nbefore\n1\n");
        assertThat(output.errors()).contains("is out of scope for role");
    }
}
