package io.pgclonedb.it.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.waiting.Eventually;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaFunctionsIT {
    private TestCluster cluster;
    private Calls.Session admin;
    private String database;

    @BeforeEach
    void aDatabaseOfTheApplication() throws SQLException {
        cluster = new TestCluster();
        admin = cluster.login();
        database = cluster.name("dev");
        cluster.execute("CREATE DATABASE " + database + " OWNER " + cluster.admin());
    }

    @AfterEach
    void remove() throws Exception {
        cluster.close();
    }

    private CallResult call(String function, Map<String, ?> arguments) throws Exception {
        return cluster.calls().call(admin, function, arguments);
    }

    private String owner(String schema) throws SQLException {
        return cluster.askIn(
                database,
                "SELECT nspowner::regrole::text FROM pg_namespace WHERE nspname = '" + schema.replace("'", "''") + "'");
    }

    @Test
    void createsASchemaThatBelongsToTheCaller() throws Exception {
        assertThat(call("create_schema", Map.of("dbname", database, "schema_name", "app_data"))
                        .answered())
                .isEqualTo("schema \"app_data\" created in database \"" + database + "\", owned by \"" + cluster.admin()
                        + "\"");

        assertThat(owner("app_data")).isEqualTo(cluster.admin());
        assertThat(cluster.lastAudit())
                .isEqualTo(cluster.admin() + " create_schema " + database + ".app_data succeeded");
    }

    @Test
    void createsASchemaForAnotherOwner() throws Exception {
        String app = cluster.name("app");
        cluster.execute("CREATE ROLE " + app);

        call("create_schema", Map.of("dbname", database, "schema_name", "s", "owner", app))
                .answered();

        assertThat(owner("s")).isEqualTo(app);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "quo\"te",
                "per'cent %I",
                "{braces} ? $1",
                "back\\slash",
                "ünï",
                "s; DROP SCHEMA public; --"
            })
    void takesAnyNameAsItStands(String schema) throws Exception {
        call("create_schema", Map.of("dbname", database, "schema_name", schema)).answered();
        assertThat(owner(schema)).isEqualTo(cluster.admin());

        call("drop_schema", Map.of("dbname", database, "schema_name", schema)).answered();

        assertThat(owner(schema)).isEmpty();
        assertThat(owner("public")).isNotEmpty();
    }

    @Test
    void refusesASchemaThatExists() throws Exception {
        CallResult result = call("create_schema", Map.of("dbname", database, "schema_name", "public"));

        assertThat(result.sqlState()).isEqualTo("42P06");
        assertThat(result.message()).isEqualTo("schema \"public\" already exists");
        assertThat(result.hint()).isNotEmpty();
        assertThat(cluster.lastAudit())
                .isEqualTo(cluster.admin() + " create_schema " + database + ".public failed 42P06");
    }

    @Test
    void refusesANameThatPostgresqlKeepsForItself() throws Exception {
        CallResult result = call("create_schema", Map.of("dbname", database, "schema_name", "pg_mine"));

        assertThat(result.sqlState()).isEqualTo("42939");
        assertThat(result.message()).isEqualTo("unacceptable schema name \"pg_mine\"");
    }

    @Test
    void refusesAnOwnerThatDoesNotExist() throws Exception {
        CallResult result =
                call("create_schema", Map.of("dbname", database, "schema_name", "s", "owner", cluster.name("nobody")));

        assertThat(result.sqlState()).isEqualTo("42704");
        assertThat(owner("s")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"create_schema", "drop_schema"})
    void refusesAClosedDatabase(String function) throws Exception {
        cluster.execute("ALTER DATABASE " + database + " ALLOW_CONNECTIONS false IS_TEMPLATE true");

        CallResult result = call(function, Map.of("dbname", database, "schema_name", "s"));

        assertThat(result.sqlState()).isEqualTo("55000");
        assertThat(result.message()).isEqualTo("database \"" + database + "\" is closed");
        assertThat(result.hint()).contains("pgclonedb.open_database('" + database + "')");
    }

    @ParameterizedTest
    @ValueSource(strings = {"create_schema", "drop_schema"})
    void refusesADatabaseThatDoesNotExist(String function) throws Exception {
        CallResult result = call(function, Map.of("dbname", cluster.name("none"), "schema_name", "s"));

        assertThat(result.sqlState()).isEqualTo("3D000");
        assertThat(result.hint()).isNotEmpty();
    }

    @Test
    void refusesToDropASchemaThatDoesNotExist() throws Exception {
        CallResult result = call("drop_schema", Map.of("dbname", database, "schema_name", "S"));

        assertThat(result.sqlState()).isEqualTo("3F000");
        assertThat(result.message()).isEqualTo("schema \"S\" does not exist");
        assertThat(result.hint()).contains("upper and lower case");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_catalog", "information_schema", "public", "pg_toast", "pg_temp_1"})
    void refusesToDropAProtectedSchema(String schema) throws Exception {
        CallResult result = call("drop_schema", Map.of("dbname", database, "schema_name", schema, "cascade", true));

        assertThat(result.sqlState()).isEqualTo("42501");
        assertThat(result.message()).isEqualTo("schema \"" + schema + "\" is protected");
    }

    @Test
    void dropsAnEmptySchema() throws Exception {
        cluster.executeIn(database, "CREATE SCHEMA app_data");

        assertThat(call("drop_schema", Map.of("dbname", database, "schema_name", "app_data"))
                        .answered())
                .isEqualTo("schema \"app_data\" dropped from database \"" + database + "\"");

        assertThat(owner("app_data")).isEmpty();
    }

    @Test
    void refusesASchemaWithSomethingInItAndSaysWhat() throws Exception {
        cluster.executeIn(database, "CREATE SCHEMA app_data", "CREATE TABLE app_data.orders ()");

        CallResult result = call("drop_schema", Map.of("dbname", database, "schema_name", "app_data"));

        assertThat(result.sqlState()).isEqualTo("2BP01");
        assertThat(result.detail()).isEqualTo("table app_data.orders depends on schema app_data");
        assertThat(result.hint()).contains("cascade := true");
        assertThat(owner("app_data")).isNotEmpty();
        assertThat(cluster.lastAudit())
                .isEqualTo(cluster.admin() + " drop_schema " + database + ".app_data failed 2BP01");
    }

    @Test
    void doesNotWaitForALockOfTheCallersOwnSession() throws Exception {
        cluster.executeIn(
                database,
                "CREATE SCHEMA s AUTHORIZATION " + cluster.admin(),
                "CREATE TABLE s.t ()",
                "ALTER TABLE s.t OWNER TO " + cluster.admin());
        try (Calls.Session inside = cluster.calls().login(cluster.admin(), TestCluster.PASSWORD, database, "")) {
            inside.execute("BEGIN");
            inside.execute("LOCK TABLE s.t");

            CallResult result = cluster.calls()
                    .call(inside, "drop_schema", Map.of("dbname", database, "schema_name", "s", "cascade", true));

            assertThat(result.sqlState()).isEqualTo("55006");
            assertThat(result.hint()).contains("COMMIT or ROLLBACK");
        }
    }

    @Test
    void leavesNobodyBehindInTheDatabase() throws Exception {
        call("create_schema", Map.of("dbname", database, "schema_name", "s")).answered();
        call("create_schema", Map.of("dbname", database, "schema_name", "s"));

        Eventually.isTrue(() -> cluster.ask("SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database + "'")
                .equals("0"));
    }
}
