package io.pgclonedb.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** psql when one input makes several statements: FETCH_COUNT, which turns a query into a cursor, and {@code \\;}. */
@Tag("drivers")
class PsqlCursorIT {
    @RegisterExtension
    static final Application APPLICATION = Application.named("psql");

    private Psql psql;

    @BeforeAll
    static void onboard() throws SQLException {
        Clients.program("psql");
    }

    @BeforeEach
    void reset(@TempDir Path home) throws SQLException {
        psql = new Psql(APPLICATION, home);
    }

    @Test
    void cancelsACloneThroughACursor() throws Exception {
        try (Connection blocker = APPLICATION.holdBackClones()) {
            ClientProcess clone = psql.start(
                    "\\set FETCH_COUNT 1", "SELECT pgclonedb.create_database(:'slow_copy', :'slow_template');\n");
            APPLICATION.awaitSlowCopy();
            clone.interrupt();
            ClientProcess.Output output = clone.await();
            assertThat(output.errors()).contains("ERROR:  canceling statement due to user request");
            assertThat(output.out()).isEmpty();
            assertThat(APPLICATION.exists(APPLICATION.slowCopy())).isFalse();
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
                        APPLICATION.template() + "|database \"" + APPLICATION.template() + "\" opened",
                        APPLICATION.slowTemplate() + "|database \"" + APPLICATION.slowTemplate() + "\" opened",
                        "created from")
                .endsWith("\n1\n");
        assertThat(output.errors()).contains("is out of scope for role");
        assertThat(APPLICATION.state(APPLICATION.copy())).isEqualTo("open");
    }

    @Test
    void sendsSeveralStatementsAsOne() throws Exception {
        ClientProcess.Output output = psql.type("", """
                SELECT 1 AS one \\; SELECT pgclonedb.open_database(:'template') \\; SELECT 'last';
                BEGIN \\; CREATE TEMP TABLE kept AS SELECT 1 \\; SELECT pgclonedb.close_database(:'template') \\; COMMIT;
                SELECT 'before' \\; SELECT pgclonedb.drop_database(:'other') \\; SELECT 'never';
                SELECT count(*) FROM kept;
                """);
        String template = "database \"" + APPLICATION.template() + "\" ";
        assertThat(output.out()).isEqualTo("1\n" + template + "opened\nlast\n" + template + "closed\nbefore\n1\n");
        assertThat(output.errors()).contains("is out of scope for role");
    }
}
