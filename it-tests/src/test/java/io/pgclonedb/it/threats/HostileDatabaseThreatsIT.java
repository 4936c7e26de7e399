package io.pgclonedb.it.threats;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.calls.CallResult;
import io.pgclonedb.it.calls.Calls;
import io.pgclonedb.it.calls.TestCluster;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The owner of a database has prepared it for the moment when a superuser comes in to work on a schema. */
class HostileDatabaseThreatsIT {
    private TestCluster cluster;
    private Calls.Session attacker;
    private String database;

    @BeforeEach
    void aDatabaseOfTheAttacker() throws SQLException {
        cluster = new TestCluster();
        attacker = cluster.login();
        database = cluster.name("dev");
        cluster.execute("CREATE DATABASE " + database + " OWNER " + cluster.admin());
    }

    @AfterEach
    void remove() throws Exception {
        cluster.close();
    }

    private CallResult create(String schema) throws Exception {
        return cluster.calls().call(attacker, "create_schema", Map.of("dbname", database, "schema_name", schema));
    }

    private CallResult drop(String schema, boolean cascade) throws Exception {
        return cluster.calls()
                .call(attacker, "drop_schema", Map.of("dbname", database, "schema_name", schema, "cascade", cascade));
    }

    private void createsAndDrops(String schema) throws Exception {
        create(schema).answered();
        assertThat(drop("no_such_schema", false).sqlState()).isEqualTo("3F000");
        drop(schema, false).answered();
    }

    private void nobodyBecameSuperuser() throws SQLException {
        assertThat(cluster.ask("SELECT rolsuper FROM pg_roles WHERE rolname = '" + cluster.admin() + "'"))
                .isEqualTo("f");
    }

    /** A function that makes the attacker a superuser as soon as a superuser runs it, and says so when it is run at all. */
    private String trap(String returns, String parameters, String result) {
        return "CREATE FUNCTION evil.trap(" + parameters + ") RETURNS " + returns + " LANGUAGE plpgsql AS $$ BEGIN"
                + " EXECUTE 'ALTER ROLE " + cluster.admin() + " SUPERUSER'; RETURN " + result
                + "; EXCEPTION WHEN insufficient_privilege THEN RETURN " + result + "; END $$";
    }

    @Test
    void putsOperatorsAndFunctionsBeforeTheServersOwn() throws Exception {
        cluster.executeAsAdmin(
                database,
                "CREATE SCHEMA evil",
                trap("boolean", "name, name", "true"),
                "CREATE OPERATOR evil.= (LEFTARG = name, RIGHTARG = name, FUNCTION = evil.trap)",
                "CREATE FUNCTION evil.trap_text(text, text) RETURNS boolean LANGUAGE sql AS"
                        + " 'SELECT evil.trap(NULL::name, NULL::name)'",
                "CREATE OPERATOR evil.= (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.trap_text)",
                "CREATE FUNCTION evil.format(text, VARIADIC text[]) RETURNS text LANGUAGE sql AS"
                        + " 'SELECT ''x'' WHERE evil.trap(NULL::name, NULL::name)'",
                "CREATE FUNCTION evil.octet_length(text) RETURNS int LANGUAGE sql AS"
                        + " 'SELECT 1 WHERE evil.trap(NULL::name, NULL::name)'",
                "CREATE VIEW evil.pg_namespace AS SELECT 'x'::name AS nspname WHERE evil.trap('a'::name, 'b'::name)",
                "CREATE VIEW evil.pg_event_trigger AS SELECT 'x'::name AS evtname"
                        + " WHERE evil.trap('a'::name, 'b'::name)",
                "GRANT USAGE ON SCHEMA evil TO PUBLIC",
                "ALTER DATABASE " + database + " SET search_path = evil, pg_catalog");

        createsAndDrops("app_data");

        nobodyBecameSuperuser();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "role | pgclonedb_user",
                "default_transaction_read_only | on",
                "statement_timeout | 1",
                "lock_timeout | 1",
                "idle_session_timeout | 1",
                "idle_in_transaction_session_timeout | 1",
                "standard_conforming_strings | off",
                "backslash_quote | on",
                "client_encoding | SJIS",
                "quote_all_identifiers | on",
                "default_transaction_isolation | serializable",
                "client_min_messages | error",
                "DateStyle | German",
                "local_preload_libraries | evil"
            })
    void plantsASetting(String setting, String value) throws Exception {
        String command = "ALTER DATABASE " + database + " SET " + setting + " = '" + value + "'";
        if (setting.equals("local_preload_libraries")) {
            // The value is refused at the next login; that is what the attacker wants.
            cluster.execute(command);
        } else {
            cluster.executeAsAdmin(database, command);
        }

        createsAndDrops("app\\data'x");

        assertThat(cluster.askIn("postgres", "SELECT 1")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x?socketFactory=evil&options=-c%20role%3Dnone", "x&user=other", "x/../postgres", "x#y", "x%00y"
            })
    void namesADatabaseLikeAConnectionString(String suffix) throws Exception {
        String strange = cluster.name(suffix);
        cluster.execute("CREATE DATABASE \"" + strange + "\" OWNER " + cluster.admin());

        cluster.calls()
                .call(attacker, "create_schema", Map.of("dbname", strange, "schema_name", "here"))
                .answered();

        assertThat(cluster.askIn(strange, "SELECT count(*) FROM pg_namespace WHERE nspname = 'here'"))
                .isEqualTo("1");
        assertThat(cluster.askIn("postgres", "SELECT count(*) FROM pg_namespace WHERE nspname = 'here'"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0options\0-c role=none", "x\0", "\0"})
    void hidesStartupParametersBehindANul(String suffix) throws Exception {
        CallResult result = cluster.calls()
                .call(attacker, "create_schema", Map.of("dbname", cluster.name(suffix), "schema_name", "s"));

        assertThat(result.sqlState()).isEqualTo("22021");
        assertThat(result.hint()).isNotEmpty();
    }

    @Test
    void hasTheServerDropWhatStandsElsewhere() throws Exception {
        cluster.executeIn(
                database,
                "CREATE SCHEMA app_data",
                "CREATE TYPE app_data.colour AS ENUM ('red')",
                "CREATE TABLE public.cars (id int, paint app_data.colour)",
                "CREATE EXTENSION pg_trgm SCHEMA app_data");

        CallResult refused = drop("app_data", false);

        assertThat(refused.sqlState()).isEqualTo("2BP01");
        assertThat(refused.detail() + refused.message())
                .contains("column paint of table public.cars depends on type app_data.colour")
                .contains("extension pg_trgm depends on schema app_data");
        assertThat(refused.hint()).contains("cascade := true");

        CallResult dropped = drop("app_data", true);

        dropped.answered();
        assertThat(dropped.everything())
                .contains("column paint of table public.cars")
                .contains("extension pg_trgm");
        assertThat(cluster.askIn(
                        database,
                        "SELECT string_agg(attname, ' ') FROM pg_attribute"
                                + " WHERE attrelid = 'public.cars'::regclass AND attnum > 0 AND NOT attisdropped"))
                .isEqualTo("id");
    }

    /** Only a superuser makes event triggers, but the function need not be a superuser's. */
    @ParameterizedTest
    @ValueSource(strings = {"ddl_command_start", "ddl_command_end", "sql_drop"})
    void ownsTheFunctionOfAnEventTrigger(String event) throws Exception {
        cluster.plantEventTrigger(database, event);

        createsAndDrops("app_data");

        nobodyBecameSuperuser();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALWAYS", "REPLICA"})
    void ownsTheFunctionOfAnEventTriggerThatFiresEverywhere(String mode) throws Exception {
        cluster.plantEventTrigger(database, "ddl_command_end");
        cluster.executeIn(database, "ALTER EVENT TRIGGER harmless ENABLE " + mode);

        if (cluster.version() >= 17) {
            createsAndDrops("app_data");
        } else {
            CallResult result = create("app_data");
            assertThat(result.sqlState()).isEqualTo("55000");
            assertThat(result.detail()).contains("\"harmless\"").contains("superuser");
            assertThat(result.hint()).contains("superuser");
            assertThat(drop("public_data", false).sqlState()).isEqualTo("55000");
        }

        nobodyBecameSuperuser();
    }

    @Test
    void ownsTheFunctionOfALoginTrigger() throws Exception {
        if (cluster.version() >= 17) {
            cluster.plantEventTrigger(database, "login");
        }

        createsAndDrops("app_data");

        nobodyBecameSuperuser();
    }

    @Test
    void plantsASchemaNamedLikeTheFunctionsSchema() throws Exception {
        cluster.executeAsAdmin(
                database,
                "CREATE SCHEMA pgclonedb",
                "CREATE TABLE pgclonedb.caught (password text)",
                "CREATE FUNCTION pgclonedb.reset_password(r text, p text) RETURNS text LANGUAGE sql AS"
                        + " 'INSERT INTO pgclonedb.caught VALUES (p) RETURNING p'",
                "GRANT USAGE ON SCHEMA pgclonedb TO PUBLIC");
        String role = cluster.name("app");
        cluster.execute("CREATE ROLE " + role);
        try (Calls.Session inside = cluster.calls().login(cluster.admin(), TestCluster.PASSWORD, database, "")) {
            CallResult result =
                    cluster.calls().call(inside, "reset_password", Map.of("rolename", role, "new_password", "S3cure!"));

            assertThat(result.answered()).isEqualTo("password of role \"" + role + "\" set");
        }
        assertThat(cluster.askIn(database, "SELECT count(*) FROM pgclonedb.caught"))
                .isEqualTo("0");
    }

    @Test
    void locksItselfAroundTheSchema() throws Exception {
        cluster.executeAsAdmin(database, "CREATE SCHEMA s", "CREATE TABLE s.t ()");
        try (Connection holder = cluster.connect(database, cluster.admin(), TestCluster.PASSWORD);
                var statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE s.t");

            assertThat(drop("s", true).sqlState()).isEqualTo("55P03");
        }
        drop("s", true).answered();
    }
}
