package io.pgclonedb.it.threats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgclonedb.it.calls.TestCluster;
import io.pgclonedb.policy.FunctionCatalog;
import io.pgclonedb.proxy.error.PgException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The owner of a database has prepared it for the moment when a superuser comes to install stubs, or tries to bend them. */
class StubThreatsIT {
    private static final String ADDRESS = "127.0.0.1:6432";

    private TestCluster cluster;
    private String database;

    @BeforeEach
    void aDatabaseOfTheAttacker() throws SQLException {
        cluster = new TestCluster();
        database = cluster.name("dev");
        cluster.execute("CREATE DATABASE " + database + " OWNER " + cluster.admin());
    }

    @AfterEach
    void remove() throws Exception {
        cluster.close();
    }

    private void installsTwice() throws SQLException {
        assertThat(cluster.stubs().install(database, ADDRESS).created()).isTrue();
        assertThat(cluster.stubs().install(database, ADDRESS).created()).isFalse();
        cluster.execute("ALTER DATABASE " + database + " RESET ALL");
        assertThat(cluster.askIn(
                        database,
                        "SELECT count(*) FROM pg_proc p JOIN pg_roles r ON r.oid = p.proowner WHERE p.pronamespace ="
                                + " 'pgclonedb'::regnamespace AND r.rolname = 'postgres' AND NOT p.prosecdef AND"
                                + " p.proconfig = '{\"search_path=pg_catalog, pg_temp\"}'"))
                .isEqualTo(Integer.toString(FunctionCatalog.functions().size()));
        assertThat(cluster.askIn(database, "SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'pgclonedb'"))
                .isEqualTo("postgres");
        nobodyBecameSuperuser();
    }

    private void nobodyBecameSuperuser() throws SQLException {
        assertThat(cluster.ask("SELECT rolsuper FROM pg_roles WHERE rolname = '" + cluster.admin() + "'"))
                .isEqualTo("f");
    }

    /** Makes the attacker a superuser as soon as a superuser runs it. */
    private String trap(String name, String parameters, String returns, String result) {
        return "CREATE FUNCTION evil." + name + "(" + parameters + ") RETURNS " + returns
                + " LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'ALTER ROLE " + cluster.admin() + " SUPERUSER'; RETURN "
                + result + "; EXCEPTION WHEN insufficient_privilege THEN RETURN " + result + "; END $$";
    }

    private void plant() throws SQLException {
        cluster.executeAsAdmin(
                database,
                "CREATE SCHEMA evil",
                trap("same_name", "name, name", "boolean", "true"),
                trap("same_oid", "oid, oid", "boolean", "true"),
                trap("same_text", "text, text", "boolean", "true"),
                trap("minus", "int", "int", "1"),
                trap("starts_with", "text, text", "boolean", "true"),
                trap("format", "text, VARIADIC text[]", "text", "'x'"),
                "CREATE OPERATOR evil.= (LEFTARG = name, RIGHTARG = name, FUNCTION = evil.same_name)",
                "CREATE OPERATOR evil.= (LEFTARG = oid, RIGHTARG = oid, FUNCTION = evil.same_oid)",
                "CREATE OPERATOR evil.= (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.same_text)",
                "CREATE OPERATOR evil.- (RIGHTARG = int, FUNCTION = evil.minus)",
                "CREATE DOMAIN evil.text AS pg_catalog.text CHECK (evil.same_text('a', 'b'))",
                "CREATE DOMAIN evil.jsonb AS pg_catalog.jsonb",
                "CREATE TABLE evil.pg_proc (oid oid)",
                "CREATE TABLE evil.pg_namespace (oid oid)",
                "GRANT USAGE ON SCHEMA evil TO PUBLIC");
    }

    @Test
    void putsOperatorsFunctionsAndTypesBeforeTheServersOwn() throws Exception {
        plant();
        cluster.executeAsAdmin(database, "ALTER DATABASE " + database + " SET search_path = evil, pg_catalog");

        installsTwice();

        assertThat(cluster.askIn(
                        database,
                        "SELECT count(*) FROM pg_depend WHERE refclassid = 'pg_type'::regclass AND classid ="
                                + " 'pg_proc'::regclass AND objid IN (SELECT oid FROM pg_proc WHERE pronamespace ="
                                + " 'pgclonedb'::regnamespace)"))
                .as("stubs that use a type of the attacker's")
                .isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "role | pgclonedb_user",
                "default_transaction_read_only | on",
                "statement_timeout | 1",
                "standard_conforming_strings | off",
                "client_encoding | SJIS",
                "quote_all_identifiers | on",
                "check_function_bodies | off",
                "default_transaction_isolation | serializable"
            })
    void plantsASetting(String setting, String value) throws Exception {
        cluster.executeAsAdmin(database, "ALTER DATABASE " + database + " SET " + setting + " = '" + value + "'");

        installsTwice();
    }

    @Test
    void plantsTheSchema() throws Exception {
        cluster.executeAsAdmin(
                database,
                "CREATE SCHEMA pgclonedb",
                "CREATE TABLE pgclonedb.caught (password text)",
                "CREATE FUNCTION pgclonedb.reset_password(r text, p text) RETURNS text LANGUAGE sql AS"
                        + " 'INSERT INTO pgclonedb.caught VALUES (p) RETURNING p'");

        assertThatThrownBy(() -> cluster.stubs().install(database, ADDRESS))
                .isInstanceOfSatisfying(PgException.class, refused -> {
                    assertThat(refused.sqlState()).isEqualTo("42P06");
                    assertThat(refused.text()).contains("belongs to role \"" + cluster.admin() + "\"");
                });

        assertThat(cluster.askIn(
                        database, "SELECT count(*) FROM pg_proc WHERE pronamespace = 'pgclonedb'::regnamespace"))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ddl_command_start", "ddl_command_end", "sql_drop"})
    void ownsTheFunctionOfAnEventTrigger(String event) throws Exception {
        cluster.plantEventTrigger(database, event);

        installsTwice();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALWAYS", "REPLICA"})
    void ownsTheFunctionOfAnEventTriggerThatFiresEverywhere(String mode) throws Exception {
        cluster.plantEventTrigger(database, "ddl_command_end");
        cluster.executeIn(database, "ALTER EVENT TRIGGER harmless ENABLE " + mode);

        if (cluster.version() >= 17) {
            installsTwice();
        } else {
            assertThatThrownBy(() -> cluster.stubs().install(database, ADDRESS))
                    .isInstanceOfSatisfying(PgException.class, refused -> {
                        assertThat(refused.sqlState()).isEqualTo("55000");
                        assertThat(refused.detail()).contains("\"harmless\"");
                    });
        }

        nobodyBecameSuperuser();
    }

    @Test
    void cannotChangeWhatWasInstalled() throws Exception {
        cluster.stubs().install(database, ADDRESS);

        for (String command : new String[] {
            "CREATE FUNCTION pgclonedb.reset_password(text, text) RETURNS text LANGUAGE sql AS 'SELECT $2'",
            "CREATE OR REPLACE FUNCTION pgclonedb.help(function_name text DEFAULT NULL) RETURNS text LANGUAGE sql AS"
                    + " 'SELECT 1::text'",
            "ALTER FUNCTION pgclonedb.help(text) SECURITY DEFINER",
            "DROP FUNCTION pgclonedb.help(text)",
            "CREATE TABLE pgclonedb.caught (password text)",
            "ALTER SCHEMA pgclonedb RENAME TO mine",
            "ALTER SCHEMA pgclonedb OWNER TO " + cluster.admin(),
        }) {
            assertThatThrownBy(() -> cluster.executeAsAdmin(database, command))
                    .as(command)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            error -> assertThat(error.getSQLState()).isEqualTo("42501"));
        }
    }

    /** A superuser calls a stub without the proxy in a session that the attacker has bent. */
    @Test
    void lurksWhereAStubIsCalledDirectly() throws Exception {
        plant();
        cluster.stubs().install(database, ADDRESS);
        try (Connection superuser = cluster.connect(database);
                Statement statement = superuser.createStatement()) {
            statement.execute("SET search_path = evil, pg_catalog");
            statement.execute("SET standard_conforming_strings = off");

            assertThatThrownBy(() -> statement.execute("SELECT pgclonedb.reset_password('r', 'S3cure!')"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            error -> assertThat(error.getSQLState()).isEqualTo("0A000"))
                    .hasMessageContaining("connect through the proxy at " + ADDRESS)
                    .hasMessageNotContaining("S3cure!");
        }
        nobodyBecameSuperuser();
    }
}
