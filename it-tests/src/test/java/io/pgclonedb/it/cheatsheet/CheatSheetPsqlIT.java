package io.pgclonedb.it.cheatsheet;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.passthrough.ClientProgram;
import io.pgclonedb.it.server.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user types into psql, as it is typed. */
class CheatSheetPsqlIT {
    private static ClientProgram psql;

    @BeforeAll
    static void prepare() throws SQLException {
        psql = ClientProgram.installed("psql");
        MyApp.prepare();
    }

    @BeforeEach
    void reset() throws SQLException {
        MyApp.reset();
    }

    private static ClientProgram.Output type(String input) {
        return psql.runAs(MyApp.ADMIN, MyApp.PASSWORD, MyApp.proxy(), "postgres", input, "--no-psqlrc");
    }

    private static ClientProgram.Output typeAsSuperuser(String input) {
        return psql.run(MyApp.proxy(), "postgres", input, "--no-psqlrc");
    }

    private static String answer(ClientProgram.Output output) {
        assertThat(output.errors()).isEmpty();
        return output.out();
    }

    @Test
    void showsTheHelp() {
        assertThat(answer(type("SELECT pgclonedb.help();\n")))
                .contains("create_database", "[enabled]", "create_role", "[DISABLED]", "myapp")
                .contains("(1 row)");
    }

    @Test
    void runsTheCheatSheet() throws SQLException {
        String out = answer(type("""
                        -- prepare the template
                        SELECT pgclonedb.open_database('myapp_source');
                        SELECT pgclonedb.close_database('myapp_source');
                        -- clone it
                        SELECT pgclonedb.create_database('myapp_dev', 'myapp_source');
                        -- look
                        SELECT * FROM pgclonedb.get_audit_log(max_rows := 5);
                        -- clean up
                        SELECT pgclonedb.drop_database('myapp_dev');
                        """));
        assertThat(out)
                .containsSubsequence(
                        " open_database ",
                        "database \"myapp_source\" opened",
                        " close_database ",
                        "database \"myapp_source\" closed",
                        " create_database ",
                        "database \"myapp_dev\" created from \"myapp_source\"",
                        " id ",
                        "create_database",
                        "close_database",
                        "open_database",
                        " drop_database ",
                        "database \"myapp_dev\" dropped");
        assertThat(MyApp.state(MyApp.TEMPLATE)).isEqualTo("closed");
        assertThat(MyApp.exists(MyApp.CLONE)).isFalse();
    }

    @Test
    void clonesWithNamesOnSeveralLines() throws SQLException {
        answer(type("""
                        SELECT pgclonedb.create_database(
                          dbname := 'myapp_dev',
                          template := 'myapp_source'
                        );
                        """));
        assertThat(MyApp.state(MyApp.CLONE)).isEqualTo("open");
        assertThat(MyApp.state(MyApp.TEMPLATE)).isEqualTo("closed");
        assertThat(answer(psql.runAs(
                        MyApp.ADMIN,
                        MyApp.PASSWORD,
                        MyApp.proxy(),
                        MyApp.CLONE,
                        "SELECT count(*) FROM things WHERE name LIKE 'thing %';",
                        "-At")))
                .isEqualTo("100\n");
    }

    @Test
    void changesTheTemplateWhileItIsOpen() throws SQLException {
        String out = answer(type("""
                        SELECT pgclonedb.open_database('myapp_source');
                        \\c myapp_source
                        INSERT INTO things VALUES (0, 'one more');
                        \\c postgres
                        SELECT pgclonedb.close_database('myapp_source');
                        SELECT pgclonedb.create_database('myapp_dev', 'myapp_source');
                        \\c myapp_dev
                        SELECT DISTINCT name FROM things WHERE id = 0;
                        """));
        assertThat(out).contains(" one more");
        assertThat(MyApp.state(MyApp.TEMPLATE)).isEqualTo("closed");
    }

    @Test
    void closesOnlyWhatNobodyUsesWhenAsked() throws SQLException {
        answer(type("SELECT pgclonedb.open_database('myapp_source');\n"));
        try (Connection busy = PostgresServer.shared().connect(MyApp.TEMPLATE)) {
            ClientProgram.Output refused =
                    type("SELECT pgclonedb.close_database('myapp_source', terminate_backends := false);\n");
            assertThat(refused.errors()).contains("ERROR:  database \"myapp_source\" is being accessed by other users");
            assertThat(busy.isValid(10)).isTrue();
            assertThat(MyApp.state(MyApp.TEMPLATE)).isEqualTo("open");
            // and closes it the hard way otherwise
            answer(type("SELECT pgclonedb.close_database('myapp_source');\n"));
            assertThat(busy.isValid(10)).isFalse();
            assertThat(MyApp.state(MyApp.TEMPLATE)).isEqualTo("closed");
        }
    }

    @Test
    void dropsAClone() throws SQLException {
        answer(type("SELECT pgclonedb.create_database('myapp_dev', 'myapp_source');\n"));
        try (Connection busy = PostgresServer.shared().connect(MyApp.CLONE)) {
            ClientProgram.Output refused = type("SELECT pgclonedb.drop_database('myapp_dev', force := false);\n");
            assertThat(refused.errors()).contains("ERROR:  database \"myapp_dev\" is being accessed by other users");
            assertThat(busy.isValid(10)).isTrue();
            answer(type("SELECT pgclonedb.drop_database('myapp_dev', force := true);\n"));
        }
        assertThat(MyApp.exists(MyApp.CLONE)).isFalse();
    }

    @Test
    void dropsATemplateOnlyOnceItIsOpen() throws SQLException {
        ClientProgram.Output refused = type("SELECT pgclonedb.drop_database('myapp_source');\n");
        assertThat(refused.errors()).contains("ERROR:").contains("HINT:").contains("open");
        assertThat(MyApp.exists(MyApp.TEMPLATE)).isTrue();
        answer(type("""
                        SELECT pgclonedb.open_database('myapp_source');
                        SELECT pgclonedb.drop_database('myapp_source');
                        """));
        assertThat(MyApp.exists(MyApp.TEMPLATE)).isFalse();
    }

    @Test
    void configuresAsSuperuser() {
        String out = answer(typeAsSuperuser("""
                SELECT pgclonedb.configure(min_free_bytes := 21474836480);
                SELECT * FROM pgclonedb.show_config();
                SELECT pgclonedb.configure(min_free_bytes := 0);
                SELECT pgclonedb.configure(min_free_bytes := -1);
                SELECT * FROM pgclonedb.show_config();
                """));
        assertThat(out)
                .containsSubsequence(
                        " configure ", "setting", "21474836480", " configure ", "setting", "min_free_bytes", "| -1");
        ClientProgram.Output refused = type("SELECT pgclonedb.configure(min_free_bytes := 0);\n");
        assertThat(refused.errors()).contains("ERROR:").contains("HINT:");
    }

    @Test
    void filtersTheAudit() {
        answer(type("SELECT pgclonedb.create_database('myapp_dev', 'myapp_source');\n"));
        assertThat(answer(type("""
                                        \\pset format unaligned
                                        SELECT * FROM pgclonedb.get_audit_log(max_rows := 20);
                                        SELECT * FROM pgclonedb.get_audit_log(filter_operation := 'create_database');
                                        SELECT operation, target, outcome
                                          FROM pgclonedb.get_audit_log(filter_operation := 'create_database', max_rows := 1);
                                        """)))
                .contains("create_database|myapp_dev|succeeded")
                .contains("id|started_at|finished_at|caller|operation|target|arguments|outcome|sqlstate|message"
                        + "|client_address|application_name");
    }

    @Test
    void refusesADatabaseOfAnotherApplication() {
        ClientProgram.Output refused = type("SELECT pgclonedb.drop_database('other_db');\n");
        assertThat(refused.errors())
                .contains("ERROR:  database \"other_db\" is out of scope for role \"myapp_db_admin\"")
                .contains("HINT:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create_schema(dbname := 'myapp_dev', schema_name := 'app_data', owner := 'myapp_app')",
                "drop_schema(dbname := 'myapp_dev', schema_name := 'app_data', cascade := true)",
                "create_role(rolename := 'app_readonly', password := 'S3cure!', login := true, createdb := false,"
                        + " createrole := false, conn_limit := -1, valid_until := '2026-12-31'::timestamptz)",
                "reset_password(rolename := 'app_readonly', new_password := 'N3wS3cure!',"
                        + " valid_until := '2027-06-30'::timestamptz)",
                "grant_role('app_readonly', 'app_writer')",
                "revoke_role('app_readonly', 'app_writer')",
                "drop_role('app_readonly')"
            })
    void saysThatAFunctionIsDisabled(String call) {
        ClientProgram.Output refused = type("SELECT pgclonedb." + call + ";\n");
        String name = call.substring(0, call.indexOf('('));
        assertThat(refused.errors())
                .contains("ERROR:  function pgclonedb." + name + " is currently disabled")
                .contains("HINT:")
                .doesNotContain("cure!");
    }
}
