package io.pgclonedb.it.threats;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.calls.CallResult;
import io.pgclonedb.it.calls.Calls;
import io.pgclonedb.it.calls.TestCluster;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody pretends to be another role than the one that logged in, or one that it no longer is. */
class IdentityThreatsIT {
    private TestCluster cluster;
    private String role;

    @BeforeEach
    void anApplication() throws SQLException {
        cluster = new TestCluster();
        role = cluster.name("made");
    }

    @AfterEach
    void remove() throws Exception {
        cluster.close();
    }

    private CallResult createRole(Calls.Session caller) throws Exception {
        return cluster.calls().call(caller, "create_role", Map.of("rolename", role));
    }

    private boolean made() throws SQLException {
        return cluster.ask("SELECT count(*) FROM pg_roles WHERE rolname = '" + role + "'")
                .equals("1");
    }

    private void assertDenied(CallResult result) throws SQLException {
        assertThat(result.sqlState()).as("%s", result).isEqualTo("42501");
        assertThat(result.hint()).isNotEmpty();
        assertThat(made()).isFalse();
        assertThat(cluster.lastAudit()).endsWith("denied 42501");
    }

    /** A role that may become the admin, but is not. */
    private String stranger() throws SQLException {
        String stranger = cluster.name("stranger");
        cluster.execute(
                "CREATE ROLE " + stranger + " LOGIN PASSWORD '" + TestCluster.PASSWORD + "'",
                "GRANT " + cluster.admin() + " TO " + stranger);
        return stranger;
    }

    @Test
    void becomesTheAdminWithSetRole() throws Exception {
        String stranger = stranger();
        Calls.Session session = cluster.login(stranger, "");
        session.execute("SET ROLE " + cluster.admin());

        CallResult result = createRole(session);

        assertDenied(result);
        assertThat(result.message()).contains('"' + stranger + '"');
        assertThat(cluster.lastAudit()).startsWith(stranger + " ");
    }

    @Test
    void becomesTheAdminWithTheOptionsOfTheStartupPacket() throws Exception {
        String stranger = stranger();
        Calls.Session session = cluster.login(stranger, "-c role=" + cluster.admin());

        assertDenied(createRole(session));

        assertThat(cluster.lastAudit()).startsWith(stranger + " ");
    }

    @Test
    void becomesTheAdminWithASettingOfItsOwnRole() throws Exception {
        String stranger = stranger();
        cluster.execute("ALTER ROLE " + stranger + " SET role = '" + cluster.admin() + "'");

        assertDenied(createRole(cluster.login(stranger, "")));
    }

    @Test
    void isASuperuserThatPutsAnotherNameIntoTheAudit() throws Exception {
        Calls.Session session = cluster.superuser();
        session.execute("SET SESSION AUTHORIZATION " + cluster.otherApp() + "_db_admin");

        createRole(session).answered();

        assertThat(cluster.lastAudit()).startsWith("postgres create_role ");
    }

    @Test
    void isAnAdminThatLooksLikeASuperuserByItsOptions() throws Exception {
        Calls.Session session =
                cluster.login(cluster.admin(), "-c is_superuser=on".replace("is_superuser", "my.super"));
        session.execute("SET ROLE pgclonedb_user");

        createRole(session).answered();

        assertThat(cluster.lastAudit()).startsWith(cluster.admin() + " create_role ");
    }

    @Test
    void callsAfterItsRoleHasBeenDroppedAndMadeAgain() throws Exception {
        Calls.Session session = cluster.login();
        cluster.execute("DROP ROLE " + cluster.admin());
        cluster.onboard(cluster.app());

        CallResult result = createRole(session);

        assertDenied(result);
        assertThat(result.message()).contains("no longer exists");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER ROLE %s NOLOGIN",
                "ALTER ROLE %s VALID UNTIL '2001-01-01'",
                "REVOKE pgclonedb_user FROM %s",
                "ALTER ROLE %s RENAME TO %s_renamed"
            })
    void callsAfterItsRightsHaveBeenTaken(String command) throws Exception {
        Calls.Session session = cluster.login();
        cluster.execute(command.replace("%s", cluster.admin()));

        assertDenied(createRole(session));
    }

    @Test
    void isAnAdminWithoutAnApplication() throws Exception {
        cluster.execute("CREATE ROLE _db_admin LOGIN PASSWORD '" + TestCluster.PASSWORD + "' IN ROLE pgclonedb_user");
        try (Calls.Session session = cluster.calls().login("_db_admin", TestCluster.PASSWORD, "postgres", "")) {
            assertDenied(createRole(session));
            assertDenied(cluster.calls()
                    .call(session, "create_database", Map.of("dbname", "_dev", "template", "template1")));
        } finally {
            cluster.execute("DROP ROLE _db_admin");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "template1", "template0"})
    void isAnAdminNamedAfterAProtectedDatabase(String database) throws Exception {
        String admin = database + "_db_admin";
        cluster.onboard(database);
        try (Calls.Session session = cluster.calls().login(admin, TestCluster.PASSWORD, "postgres", "")) {
            for (String function : new String[] {"close_database", "open_database", "drop_database"}) {
                CallResult result = cluster.calls().call(session, function, Map.of("dbname", database));
                assertDenied(result);
                assertThat(result.message()).isEqualTo("database \"" + database + "\" is protected");
            }
            assertDenied(
                    cluster.calls().call(session, "create_schema", Map.of("dbname", database, "schema_name", "mine")));
        } finally {
            cluster.execute("DROP ROLE " + admin);
        }
    }

    @Test
    void isNoAdminAtAll() throws Exception {
        String plain = cluster.name("plain");
        cluster.execute(
                "CREATE ROLE " + plain + " LOGIN PASSWORD '" + TestCluster.PASSWORD + "' IN ROLE pgclonedb_user");

        assertDenied(createRole(cluster.login(plain, "")));
        assertDenied(cluster.calls().call(cluster.login(), "configure", Map.of("enable", "all")));
    }
}
