package io.pgclonedb.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** psql with what people have in their {@code ~/.psqlrc}, and with the backslash commands that send queries of their own. */
@Tag("drivers")
class PsqlIT {
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
    void connectsAndLooksAround() throws Exception {
        assertThat(psql.type("", "\\conninfo\n\\du\n\\dn\n\\dx\n\\df pgclonedb.*\n")
                        .out())
                .contains(APPLICATION.admin(), "\n" + APPLICATION.admin() + "|");
    }

    @Test
    void clonesAndConnectsToTheClone() throws Exception {
        assertThat(psql.answer("", """
                        SELECT pgclonedb.create_database(:'copy', :'template');
                        \\c :copy
                        \\dt
                        \\d things
                        SELECT count(*) FROM things;
                        """))
                .contains("created from", "public|things|table|" + APPLICATION.admin(), "100\n");
        assertThat(APPLICATION.state(APPLICATION.copy())).isEqualTo("open");
    }

    @ParameterizedTest(name = "{index} {0}")
    @ValueSource(
            strings = {
                "",
                "\\set ON_ERROR_ROLLBACK interactive",
                "\\set VERBOSITY verbose\n\\set SHOW_CONTEXT always\n\\timing on",
                "\\set ECHO_HIDDEN on",
                "\\pset null '(null)'\n\\x auto\n\\pset linestyle unicode\n\\pset border 2",
                "\\set COMP_KEYWORD_CASE upper\n\\set HISTCONTROL ignoredups\n\\set SINGLELINE off",
                "SET client_min_messages = warning;\nSET statement_timeout = '1min';\nSET search_path = public;"
            })
    void readsAndClonesWhateverTheStartUpFileSays(String startUp) throws Exception {
        assertThat(psql.answer(startUp, """
                        SELECT pgclonedb.help('drop_database');
                        SELECT value FROM pgclonedb.show_config() WHERE setting = 'min_free_bytes';
                        SELECT pgclonedb.create_database(:'copy', :'template');
                        SELECT operation, outcome FROM pgclonedb.get_audit_log(1, 'create_database');
                        """)).contains("drop_database", "created from", "succeeded");
        assertThat(APPLICATION.state(APPLICATION.copy())).isEqualTo("open");
    }

    @Test
    void tellsWhatIsWrongAsPostgresDoes() throws Exception {
        ClientProcess.Output output = psql.type("\\set VERBOSITY verbose", """
                SELECT pgclonedb.drop_database(:'other');
                SELECT 1,
                       pgclonedb.creat_database('a', 'b');
                \\echo :SQLSTATE :LAST_ERROR_SQLSTATE
                \\errverbose
                """);
        assertThat(output.errors())
                .contains(
                        "ERROR:  42501: database \"" + Application.OTHER_DATABASE + "\" is out of scope for role",
                        "HINT:  In scope are",
                        """
                        ERROR:  42883: function pgclonedb.creat_database(unknown, unknown) does not exist
                        LINE 2:        pgclonedb.creat_database('a', 'b');
                                       ^
                        """,
                        "HINT:  Did you mean pgclonedb.create_database");
        assertThat(output.out()).contains("42883 42883");
    }

    @Test
    void recoversFromARefusalInATransaction() throws Exception {
        ClientProcess.Output output = psql.type("", """
                BEGIN;
                SELECT pgclonedb.drop_database(:'other');
                SELECT pgclonedb.open_database(:'template');
                \\echo :LAST_ERROR_SQLSTATE
                ROLLBACK;
                BEGIN;
                CREATE TEMP TABLE kept AS SELECT 'kept';
                SAVEPOINT before;
                SELECT pgclonedb.drop_database(:'other');
                ROLLBACK TO SAVEPOINT before;
                COMMIT;
                SELECT * FROM kept;
                """);
        assertThat(output.out()).isEqualTo("25P02\nkept\n");
        assertThat(APPLICATION.state(APPLICATION.template())).isEqualTo("closed");
    }

    @Test
    void recoversByItself() throws Exception {
        ClientProcess.Output output = psql.type("\\set ON_ERROR_ROLLBACK on", """
                BEGIN;
                CREATE TEMP TABLE kept AS SELECT 'kept';
                SELECT pgclonedb.drop_database(:'other');
                SELECT pgclonedb.open_database(:'template');
                SELECT pgclonedb.creat_database(:'copy', :'template');
                SELECT * FROM kept;
                COMMIT;
                SELECT * FROM kept;
                """);
        assertThat(output.out()).isEqualTo("database \"" + APPLICATION.template() + "\" opened\nkept\nkept\n");
        assertThat(output.errors()).contains("is out of scope", "Did you mean", "is not undone by a rollback");
    }

    @Test
    void opensTransactionsByItself() throws Exception {
        ClientProcess.Output output = psql.type("\\set AUTOCOMMIT off", """
                SELECT pgclonedb.create_database(:'copy', :'template');
                ROLLBACK;
                SELECT pgclonedb.drop_database(:'other');
                SELECT pgclonedb.help();
                \\echo :LAST_ERROR_SQLSTATE
                ROLLBACK;
                SELECT count(*) FROM pg_database WHERE datname = :'copy';
                """);
        assertThat(output.out()).contains("created from").endsWith("25P02\n1\n");
        assertThat(output.errors()).contains("NOTICE:  pgclonedb.create_database took effect at once");
        assertThat(APPLICATION.state(APPLICATION.copy())).isEqualTo("open");
    }

    @Test
    void describesWithoutCloning() throws Exception {
        assertThat(psql.answer("", """
                        SELECT pgclonedb.create_database(:'copy', :'template') \\gdesc
                        SELECT 1 AS n, pgclonedb.create_database(:'copy', :'template') AS answer \\gdesc
                        SELECT * FROM pgclonedb.get_audit_log() \\gdesc
                        """))
                .startsWith("create_database|text\nn|integer\nanswer|text\nid|bigint\nstarted_at|timestamp with")
                .contains("arguments|jsonb\n");
        assertThat(APPLICATION.exists(APPLICATION.copy())).isFalse();
    }

    @Test
    void keepsAnswersInVariables() throws Exception {
        assertThat(psql.answer("", """
                        SELECT pgclonedb.create_database(:'copy', :'template') AS answer \\gset
                        \\echo :answer
                        SELECT setting, value FROM pgclonedb.show_config() WHERE setting = 'min_free_bytes' \\gset
                        \\echo :setting :value
                        """))
                .startsWith("database \"" + APPLICATION.copy() + "\" created from")
                .endsWith("min_free_bytes 0\n");
    }

    @Test
    void executesWhatAQueryHasWritten() throws Exception {
        assertThat(psql.answer("", """
                        SELECT format('SELECT pgclonedb.create_database(%L, %L)', :'copy' || suffix, :'template')
                          FROM (VALUES (''), ('_2')) AS copies (suffix) \\gexec
                        """).lines()).hasSize(2).allMatch(line -> line.contains("created from"));
        assertThat(APPLICATION.state(APPLICATION.copy() + "_2")).isEqualTo("open");
    }

    @Test
    void crossesWhatACallHasAnswered() throws Exception {
        assertThat(psql.answer("\\pset format unaligned", """
                        SELECT s.setting, 'value' AS what, s.value FROM pgclonedb.show_config() AS s
                          WHERE s.setting IN ('min_free_bytes', 'audit_retention') ORDER BY s.setting \\crosstabview
                        """))
                .contains("audit_retention|unlimited", "min_free_bytes|0");
    }

    /** Interrupted in a file, psql ends; at a prompt it would ask for the next command. */
    @Test
    void watchesUntilItIsInterrupted() throws Exception {
        ClientProcess watching = psql.start("", "SELECT pgclonedb.open_database(:'template') \\watch 0.1\n");
        Application.await(() -> APPLICATION.audit(3).stream()
                        .filter(("open_database " + APPLICATION.template() + " succeeded")::equals)
                        .count()
                == 3);
        watching.interrupt();
        assertThat(watching.await().out().lines().filter(line -> line.contains("open")))
                .hasSizeGreaterThan(2);
        assertThat(APPLICATION.state(APPLICATION.template())).isEqualTo("open");
    }

    @Test
    void bindsValues() throws Exception {
        Assumptions.assumeTrue(psql.version() >= 16, "psql has \\bind from version 16 on");
        assertThat(psql.answer("", """
                        SELECT pgclonedb.create_database($1, $2) \\bind :copy :template \\g
                        SELECT pgclonedb.help($1) \\bind drop_database \\g
                        """)).contains("created from", "drop_database");
    }

    @ParameterizedTest(name = "{index} {0}")
    @ValueSource(strings = {"", "\\set AUTOCOMMIT off", "\\set ON_ERROR_ROLLBACK on"})
    void cancelsAClone(String startUp) throws Exception {
        try (Connection blocker = APPLICATION.holdBackClones()) {
            ClientProcess clone =
                    psql.start(startUp, "SELECT pgclonedb.create_database(:'slow_copy', :'slow_template');\n");
            APPLICATION.awaitSlowCopy();
            clone.interrupt();
            ClientProcess.Output output = clone.await();
            assertThat(output.errors()).contains("ERROR:  canceling statement due to user request");
            assertThat(output.out()).isEmpty();
            assertThat(APPLICATION.exists(APPLICATION.slowCopy())).isFalse();
            blocker.rollback();
        }
        assertThat(APPLICATION.state(APPLICATION.slowTemplate())).isEqualTo("closed");
    }

    @Test
    void hearsHowFarACloneIsAndTimesOut() throws Exception {
        try (Connection blocker = APPLICATION.holdBackClones()) {
            ClientProcess.Output output = psql.type("SET statement_timeout = '4s';", """
                    SELECT pgclonedb.create_database(:'slow_copy', :'slow_template');
                    SET client_min_messages = warning;
                    SELECT pgclonedb.create_database(:'slow_copy', :'slow_template');
                    """);
            assertThat(output.errors())
                    .containsOnlyOnce("NOTICE:  cloning into \"" + APPLICATION.slowCopy() + "\": ")
                    .contains("ERROR:  canceling statement due to statement timeout");
            assertThat(APPLICATION.exists(APPLICATION.slowCopy())).isFalse();
            blocker.rollback();
        }
    }
}
