package io.pgclonedb.it.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pgclonedb.it.proxy.ProxySettings;
import io.pgclonedb.it.proxy.ProxyUnderTest;
import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.server.TestDatabase;
import io.pgclonedb.policy.FunctionCatalog;
import io.pgclonedb.proxy.admin.AdminConnections;
import io.pgclonedb.proxy.config.ProxyConfig;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.operation.StubInstallation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When stubs are not installed, and that nothing has changed then. */
class StubInstallationIT {
    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final String DATABASE = "stubs_it";

    private StubInstallation installation;
    private TestDatabase database;

    @BeforeEach
    void anEmptyDatabase() throws SQLException {
        // The first proxy makes the control database.
        ProxyUnderTest.shared();
        ProxyConfig config = ProxySettings.before(SERVER.endpoint()).build();
        installation = new StubInstallation(
                new AdminConnections(config.backend(), config.lockTimeout()), config.controlDatabase());
        database = TestDatabase.create(DATABASE);
        TestDatabase.execute("postgres", "DROP ROLE IF EXISTS stubs_owner", "CREATE ROLE stubs_owner");
    }

    @AfterEach
    void clean() throws SQLException {
        database.close();
        TestDatabase.execute("postgres", "DROP ROLE stubs_owner");
    }

    private void install() {
        installation.install(DATABASE, "before:6432");
    }

    private PgException refused(String name) {
        return catchThrowableOfType(PgException.class, () -> installation.install(name, "after:6432"));
    }

    private static String ask(String query) throws SQLException {
        try (Connection connection = SERVER.connect(DATABASE);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Every function of the schema with its source, which has the address in it, and its privileges. */
    private static String stubs() throws SQLException {
        return ask("SELECT string_agg(concat_ws(' ', oid, proname, proowner, proacl, prosrc), '; ' ORDER BY oid)"
                + " FROM pg_proc WHERE pronamespace = to_regnamespace('pgclonedb')");
    }

    @Test
    void leavesEverythingAsItWasWhenAStubIsInUse() throws Exception {
        install();
        TestDatabase.execute(DATABASE, "CREATE VIEW public.user_of_stubs AS SELECT * FROM pgclonedb.show_config()");
        String before = stubs();

        PgException refused = refused(DATABASE);

        assertThat(refused.sqlState()).isEqualTo("2BP01");
        assertThat(refused.text() + refused.detail())
                .contains("cannot drop function pgclonedb.show_config()", "view public.user_of_stubs");
        assertThat(stubs()).isEqualTo(before);
    }

    @Test
    void keepsOutOfASchemaOfSomebodyElse() throws Exception {
        TestDatabase.execute(DATABASE, "CREATE SCHEMA pgclonedb AUTHORIZATION stubs_owner");

        PgException refused = refused(DATABASE);

        assertThat(refused.sqlState()).isEqualTo("42P06");
        assertThat(refused.text())
                .isEqualTo("schema \"pgclonedb\" of database \"stubs_it\" belongs to role \"stubs_owner\"");
        assertThat(refused.detail()).contains("the proxy's own role \"postgres\"");
        assertThat(stubs()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TABLE pgclonedb.t (id int) | table pgclonedb.t",
                "CREATE TYPE pgclonedb.colour AS ENUM ('red') | type pgclonedb.colour",
                "CREATE EXTENSION pg_trgm SCHEMA pgclonedb | more.",
                "CREATE FUNCTION pgclonedb.help(int) RETURNS int LANGUAGE sql AS 'SELECT 1' |"
                        + " function pgclonedb.help(integer)",
                "CREATE PROCEDURE pgclonedb.p() LANGUAGE plpgsql AS 'BEGIN END' | p()",
                "ALTER FUNCTION pgclonedb.help(text) OWNER TO stubs_owner | function pgclonedb.help(text)",
                "ALTER DEFAULT PRIVILEGES IN SCHEMA pgclonedb GRANT SELECT ON TABLES TO stubs_owner |"
                        + " default privileges",
            })
    void keepsOutOfASchemaThatHoldsAnythingElse(String command, String named) throws Exception {
        install();
        TestDatabase.execute(DATABASE, command);
        String before = stubs();

        PgException refused = refused(DATABASE);

        assertThat(refused.sqlState()).isEqualTo("42P06");
        assertThat(refused.text()).isEqualTo("schema \"pgclonedb\" of database \"stubs_it\" holds what is no stub");
        assertThat(refused.detail()).contains(named);
        assertThat(stubs()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no_such_database | 3D000 | database \"no_such_database\" does not exist",
                "STUBS_IT | 3D000 | database \"STUBS_IT\" does not exist",
                "template0 | 55000 | database \"template0\" is PostgreSQL's own and left as it is",
                "pgclonedb | 55000 | database \"pgclonedb\" is the control database",
            })
    void saysWhatIsWrongWithTheDatabase(String name, String sqlState, String message) {
        PgException refused = refused(name);

        assertThat(refused.sqlState()).isEqualTo(sqlState);
        assertThat(refused.text()).isEqualTo(message);
        assertThat(refused.hint()).isNotEmpty();
    }

    @Test
    void aClosedDatabaseMustBeOpenedFirst() throws Exception {
        TestDatabase.execute(
                "postgres", "ALTER DATABASE " + DATABASE + " WITH ALLOW_CONNECTIONS false IS_TEMPLATE true");
        try {
            PgException refused = refused(DATABASE);

            assertThat(refused.sqlState()).isEqualTo("55000");
            assertThat(refused.text()).isEqualTo("database \"stubs_it\" is closed");
            assertThat(refused.hint()).contains("Open it first with SELECT pgclonedb.open_database('stubs_it')");
        } finally {
            TestDatabase.execute(
                    "postgres", "ALTER DATABASE " + DATABASE + " WITH ALLOW_CONNECTIONS true IS_TEMPLATE false");
        }
    }

    @Test
    void anEmptySchemaOfTheProxysRoleIsFilled() throws Exception {
        TestDatabase.execute(DATABASE, "CREATE SCHEMA pgclonedb");

        assertThat(installation.install(DATABASE, "here:6432"))
                .isEqualTo(new StubInstallation.Result(
                        false, FunctionCatalog.functions().size()));
        assertThat(stubs()).contains("here:6432");
    }

    @Test
    void isRemovedByDroppingTheSchema() throws Exception {
        install();

        TestDatabase.execute(DATABASE, "DROP SCHEMA pgclonedb CASCADE");

        assertThat(stubs()).isNull();
        assertThat(installation.install(DATABASE, "here:6432").created()).isTrue();
    }
}
