package io.pgclonedb.it.threats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.pgclonedb.it.calls.CallResult;
import io.pgclonedb.it.calls.Calls;
import io.pgclonedb.it.calls.TestCluster;
import io.pgclonedb.it.waiting.Eventually;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An application admin reaches for roles that would make it more than that. */
class RoleThreatsIT {
    private static final String WAITS_FOR_ROLES = "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted"
            + " AND relation IN ('pg_authid'::regclass, 'pg_auth_members'::regclass)";

    private TestCluster cluster;
    private Calls.Session attacker;
    private String near;
    private String far;

    @BeforeEach
    void twoOrdinaryRoles() throws SQLException {
        cluster = new TestCluster();
        attacker = cluster.login();
        near = cluster.name("near");
        far = cluster.name("far");
        cluster.execute("CREATE ROLE " + near + " LOGIN PASSWORD 'untouched'", "CREATE ROLE " + far);
    }

    @AfterEach
    void remove() throws Exception {
        cluster.close();
    }

    private CallResult call(String function, Map<String, ?> arguments) throws Exception {
        return cluster.calls().call(attacker, function, arguments);
    }

    private CallResult grantToMyself(String role) throws Exception {
        return call("grant_role", Map.of("rolename", role, "member", cluster.admin()));
    }

    private boolean isMine(String role) throws SQLException {
        return cluster.ask("SELECT pg_has_role('" + cluster.admin() + "', '" + role + "', 'MEMBER')")
                .equals("t");
    }

    private void assertDenied(CallResult result) throws SQLException {
        assertThat(result.sqlState()).as("%s", result).isEqualTo("42501");
        assertThat(result.hint()).isNotEmpty();
        assertThat(cluster.lastAudit()).endsWith("denied 42501");
    }

    private void passwordIsUntouched() throws SQLException {
        cluster.connect("postgres", near, "untouched").close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pg_write_server_files",
                "pg_execute_server_program",
                "pg_read_all_data",
                "pg_signal_backend",
                "pgclonedb_user",
                "postgres"
            })
    void grantsItselfARoleThatLeadsToAPrivilegedOne(String privileged) throws Exception {
        cluster.execute("GRANT " + privileged + " TO " + far, "GRANT " + far + " TO " + near);

        assertDenied(grantToMyself(near));
        assertDenied(grantToMyself(far));
        assertDenied(grantToMyself(privileged));

        assertThat(isMine(near)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUPERUSER", "CREATEROLE", "CREATEDB", "REPLICATION", "BYPASSRLS"})
    void grantsItselfARoleThatLeadsToAnAttribute(String attribute) throws Exception {
        cluster.execute("ALTER ROLE " + far + " " + attribute, "GRANT " + far + " TO " + near);

        assertDenied(grantToMyself(near));

        assertThat(isMine(near)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUPERUSER", "CREATEROLE", "CREATEDB", "REPLICATION", "BYPASSRLS"})
    void resetsThePasswordOfAMemberOfAPrivilegedRole(String attribute) throws Exception {
        cluster.execute("ALTER ROLE " + far + " " + attribute, "GRANT " + far + " TO " + near);

        assertDenied(call("reset_password", Map.of("rolename", near, "new_password", "mine")));

        passwordIsUntouched();
    }

    @Test
    void resetsThePasswordOfASuperuserOrAnotherAdmin() throws Exception {
        for (String target : new String[] {"postgres", cluster.otherApp() + "_db_admin"}) {
            assertDenied(call("reset_password", Map.of("rolename", target, "new_password", "mine")));

            cluster.connect("postgres", target, TestCluster.PASSWORD).close();
        }
    }

    @Test
    void grantsItselfARoleThatOwnsAnotherApplicationsDatabase() throws Exception {
        cluster.execute("CREATE DATABASE " + cluster.otherApp() + "_dev OWNER " + far, "GRANT " + far + " TO " + near);

        assertDenied(grantToMyself(far));
        assertDenied(grantToMyself(near));

        assertThat(isMine(near)).isFalse();
    }

    @Test
    void takesOverOrDropsARoleOfAnotherApplication() throws Exception {
        cluster.execute("CREATE DATABASE " + cluster.otherApp() + "_dev OWNER " + far, "GRANT " + far + " TO " + near);

        assertDenied(call("reset_password", Map.of("rolename", near, "new_password", "mine")));
        assertDenied(call("drop_role", Map.of("rolename", near)));
        assertDenied(call("revoke_role", Map.of("rolename", far, "member", near)));

        passwordIsUntouched();
    }

    @Test
    void tiesAnotherApplicationsRoleToItsOwn() throws Exception {
        cluster.execute("CREATE DATABASE " + cluster.otherApp() + "_dev OWNER " + far);

        assertDenied(call("grant_role", Map.of("rolename", near, "member", far)));
        assertDenied(call("grant_role", Map.of("rolename", near, "member", cluster.otherApp() + "_db_admin")));
        assertDenied(call("grant_role", Map.of("rolename", near, "member", "postgres")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "pgclonedb_user", "pg_monitor"})
    void dropsASystemRole(String role) throws Exception {
        assertDenied(call("drop_role", Map.of("rolename", role)));
        assertDenied(call("drop_role", Map.of("rolename", cluster.otherApp() + "_db_admin")));
        assertDenied(call("drop_role", Map.of("rolename", cluster.admin())));
    }

    @ParameterizedTest
    @CsvSource({
        "pg_x, 42939",
        "pg_, 42939",
        "public, 42939",
        "none, 42939",
        "evil_db_admin, 42501",
        "_db_admin, 42501",
        "PG_x, allowed",
        "Public, allowed"
    })
    void createsARoleUnderAReservedName(String name, String expected) throws Exception {
        CallResult result = call("create_role", Map.of("rolename", name));

        boolean made = cluster.ask("SELECT count(*) FROM pg_authid WHERE rolname = '" + name + "'")
                .equals("1");
        if (made) {
            cluster.execute("DROP ROLE \"" + name + "\"");
        }
        // PostgreSQL compares as the policy does: another letter case is an ordinary name.
        assertThat(result.sqlState()).isEqualTo(expected.equals("allowed") ? null : expected);
        assertThat(made).isEqualTo(expected.equals("allowed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"createdb", "createrole"})
    void createsARoleWithAnAttributeThatIsNotForIt(String attribute) throws Exception {
        String role = cluster.name("new");

        assertDenied(call("create_role", Map.of("rolename", role, attribute, true)));

        assertThat(cluster.ask("SELECT count(*) FROM pg_roles WHERE rolname = '" + role + "'"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\" SUPERUSER; --",
                "x'; ALTER ROLE postgres PASSWORD 'mine'; --",
                "x$$; SELECT 1; $$",
                "x\\",
                "x\nSUPERUSER",
                "%I %L"
            })
    void injectsAStatementThroughAName(String suffix) throws Exception {
        String role = cluster.name(suffix);
        String superusers = cluster.ask("SELECT count(*) FROM pg_roles WHERE rolsuper");

        call("create_role", Map.of("rolename", role, "password", "' SUPERUSER PASSWORD '"))
                .answered();

        assertThat(cluster.ask("SELECT count(*) FROM pg_roles WHERE rolsuper")).isEqualTo(superusers);
        assertThat(cluster.ask("SELECT count(*) FROM pg_roles WHERE rolname = '" + role.replace("'", "''") + "'"))
                .isEqualTo("1");
        cluster.connect("postgres", role, "' SUPERUSER PASSWORD '").close();
    }

    @Test
    void winsARaceAgainstAGrantThatMakesTheRolePrivileged() throws Exception {
        CompletableFuture<CallResult> call;
        try (Connection other = cluster.connect("postgres");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("GRANT pg_write_server_files TO " + near);
            call = cluster.calls().start(attacker, "grant_role", Map.of("rolename", near, "member", cluster.admin()));
            Eventually.isTrue(
                    () -> call.isDone() || cluster.ask(WAITS_FOR_ROLES).equals("t"));
            other.commit();
        }

        assertDenied(call.get(30, TimeUnit.SECONDS));
        assertThat(isMine(near)).isFalse();
    }

    @Test
    void winsARaceForThePasswordOfARoleThatBecomesSuperuser() throws Exception {
        CompletableFuture<CallResult> call;
        try (Connection other = cluster.connect("postgres");
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("DROP ROLE " + near);
            statement.execute("CREATE ROLE " + near + " SUPERUSER LOGIN PASSWORD 'untouched'");
            call = cluster.calls().start(attacker, "reset_password", Map.of("rolename", near, "new_password", "mine"));
            Eventually.isTrue(
                    () -> call.isDone() || cluster.ask(WAITS_FOR_ROLES).equals("t"));
            other.commit();
        }

        assertDenied(call.get(30, TimeUnit.SECONDS));
        passwordIsUntouched();
    }

    @Test
    void holdsARoleChangeOpenToBlockTheOthers() throws Exception {
        try (Calls.Session idle = cluster.calls().login(near, "untouched", "postgres", "")) {
            idle.execute("BEGIN");
            idle.execute("ALTER ROLE CURRENT_USER PASSWORD 'untouched'");

            CallResult result = call("drop_role", Map.of("rolename", far));

            assertThat(result.sqlState()).isEqualTo("55P03");
            assertThat(result.detail()).contains("still open");
            assertThat(result.hint()).contains("Repeat");
        }
        // What blocks costs the call and nothing else: other functions go on.
        call("show_config", Map.of()).answered();
    }

    @Test
    void keepsAMembershipThatSomebodyElseGranted() throws Exception {
        String grantor = cluster.name("grantor");
        cluster.execute(
                "CREATE ROLE " + grantor,
                "GRANT " + near + " TO " + grantor + " WITH ADMIN OPTION",
                "SET ROLE " + grantor,
                "GRANT " + near + " TO " + far,
                "RESET ROLE",
                "GRANT " + near + " TO " + far);

        call("revoke_role", Map.of("rolename", near, "member", far)).answered();

        assertThat(cluster.ask("SELECT pg_has_role('" + far + "', '" + near + "', 'MEMBER')"))
                .isEqualTo("f");
    }

    @Test
    void hidesAMembershipBehindOneThatDependsOnIt() throws Exception {
        assumeThat(cluster.version()).isGreaterThanOrEqualTo(16);
        String third = cluster.name("third");
        cluster.execute(
                "CREATE ROLE " + third,
                "GRANT " + near + " TO " + far + " WITH ADMIN OPTION",
                "SET ROLE " + far,
                "GRANT " + near + " TO " + third);

        CallResult result = call("revoke_role", Map.of("rolename", near, "member", far));

        assertThat(result.sqlState()).isEqualTo("2BP01");
        assertThat(result.detail()).contains('"' + third + '"');
        call("revoke_role", Map.of("rolename", near, "member", third)).answered();
        call("revoke_role", Map.of("rolename", near, "member", far)).answered();
        assertThat(cluster.ask("SELECT count(*) FROM pg_auth_members WHERE roleid = '" + near + "'::regrole"))
                .isEqualTo("0");
    }

    @Test
    void clearsAPasswordWithAnEmptyOne() throws Exception {
        CallResult reset = call("reset_password", Map.of("rolename", near, "new_password", ""));
        CallResult create = call("create_role", Map.of("rolename", cluster.name("new"), "password", ""));

        assertThat(reset.sqlState()).isEqualTo("22023");
        assertThat(create.sqlState()).isEqualTo("22023");
        passwordIsUntouched();
    }
}
