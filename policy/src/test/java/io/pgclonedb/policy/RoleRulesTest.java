package io.pgclonedb.policy;

import static io.pgclonedb.policy.Given.MYAPP;
import static io.pgclonedb.policy.Given.SUPERUSER;
import static io.pgclonedb.policy.Given.call;
import static io.pgclonedb.policy.Given.cluster;
import static io.pgclonedb.policy.Given.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that follow memberships and owners. */
class RoleRulesTest {
    private static final String PRIVILEGED = "42501 privileged_role";
    private static final String FOREIGN = "42501 foreign_role";
    private static final String CYCLE = "0LP01 cycle";

    private static Given.Roles roles() {
        return Given.roles()
                .role("app_readonly")
                .role("app_writer")
                .role("myapp_app")
                .owns("myapp_app", "myapp_dev")
                .role("other_app")
                .owns("other_app", "other_dev")
                .role("other_reader")
                .member("other_reader", "other_app")
                .role("other_guest")
                .member("other_guest", "other_reader")
                .role("other_db_admin")
                .member("other_db_admin", "pgclonedb_user")
                .role("pg_read_server_files")
                .role("a")
                .role("b")
                .member("a", "b")
                .member("b", "pg_read_server_files")
                .role("deputy")
                .member("deputy", "myapp_db_admin")
                .role("orphan")
                .memberOfUnknown("orphan");
    }

    private static final ClusterFacts CLUSTER = roles().in(cluster("myapp", "other"));

    @ParameterizedTest
    @CsvSource({
        "app_readonly, allowed",
        "myapp_app, allowed",
        "not_there, allowed",
        "myapp_db_admin, allowed",
        "postgres, 42501 privileged_role",
        "pgclonedb_user, 42501 privileged_role",
        "proxy, 42501 privileged_role",
        "other_db_admin, 42501 privileged_role",
        "absent_db_admin, 42501 privileged_role",
        "pg_read_server_files, 42501 privileged_role",
        "pg_not_there, 42501 privileged_role",
        "b, 42501 privileged_role",
        "a, 42501 privileged_role",
        "deputy, 42501 privileged_role",
        "orphan, 42501 privileged_role",
        "other_app, 42501 foreign_role",
        "other_reader, 42501 foreign_role",
        "other_guest, 42501 foreign_role"
    })
    void judgesAnOwnerAMemberAndWhosePasswordIsReset(String owner, String verdict) {
        assertThat(verdict(
                        MYAPP,
                        call("create_database", "dbname", "myapp_x", "template", "myapp", "owner", owner),
                        CLUSTER))
                .isEqualTo(verdict);
        assertThat(verdict(
                        MYAPP, call("create_schema", "dbname", "myapp", "schema_name", "s", "owner", owner), CLUSTER))
                .isEqualTo(verdict);
        assertThat(verdict(MYAPP, call("reset_password", "rolename", owner, "new_password", "x"), CLUSTER))
                .isEqualTo(verdict);
        assertThat(verdict(MYAPP, call("grant_role", "rolename", "app_writer", "member", owner), CLUSTER))
                .isEqualTo(verdict);
        assertThat(verdict(MYAPP, call("revoke_role", "rolename", "app_writer", "member", owner), CLUSTER))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "app_readonly, allowed",
        "not_there, allowed",
        "myapp_app, allowed",
        "proxy, 42501 privileged_role",
        "myapp_db_admin, 42501 privileged_role",
        "other_db_admin, 42501 privileged_role",
        "a, 42501 privileged_role",
        "deputy, 42501 privileged_role",
        "orphan, 42501 privileged_role",
        "other_app, 42501 foreign_role",
        "other_guest, 42501 foreign_role"
    })
    void judgesARoleThatIsGrantedRevokedOrDropped(String role, String verdict) {
        assertThat(verdict(MYAPP, call("grant_role", "rolename", role, "member", "app_writer"), CLUSTER))
                .isEqualTo(verdict);
        assertThat(verdict(MYAPP, call("grant_role", "rolename", role, "member", "myapp_db_admin"), CLUSTER))
                .isEqualTo(verdict);
        assertThat(verdict(MYAPP, call("revoke_role", "rolename", role, "member", "app_writer"), CLUSTER))
                .isEqualTo(verdict);
        assertThat(verdict(MYAPP, call("drop_role", "rolename", role), CLUSTER)).isEqualTo(verdict);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "pgclonedb_user"})
    void dropsNoSystemRoleWhateverItsAttributes(String role) {
        assertThat(verdict(MYAPP, call("drop_role", "rolename", role), CLUSTER)).isEqualTo("42501 protected_object");
        assertThat(verdict(SUPERUSER, call("drop_role", "rolename", role), CLUSTER))
                .isEqualTo("42501 protected_object");
    }

    @ParameterizedTest
    @EnumSource(RoleAttribute.class)
    void takesEveryAttributeForAPrivilegeOverAnyNumberOfSteps(RoleAttribute attribute) {
        Given.Roles roles = roles().role("top", attribute).member("step0", "top");
        for (int step = 1; step < 50; step++) {
            roles.member("step" + step, "step" + (step - 1));
        }
        ClusterFacts facts = roles.in(cluster("myapp"));
        assertThat(verdict(MYAPP, call("drop_role", "rolename", "top"), facts)).isEqualTo(PRIVILEGED);
        Denial denial = Given.denial(MYAPP, call("drop_role", "rolename", "step49"), facts)
                .orElseThrow();
        assertThat(denial.reason()).isEqualTo(DenialReason.PRIVILEGED_ROLE);
        assertThat(denial.detail())
                .isEqualTo("Role \"step49\" is directly or indirectly a member of role \"top\", which has " + attribute
                        + ".");
    }

    @Test
    void letsAMembersPrivilegeNotRubOffOnTheGroup() {
        ClusterFacts facts = roles().role("group").member("postgres", "group").in(cluster("myapp"));
        assertThat(verdict(MYAPP, call("drop_role", "rolename", "group"), facts))
                .isEqualTo("allowed");
    }

    @Test
    void endsOnMembershipsThatRunInACircle() {
        ClusterFacts facts = roles().member("x", "y").member("y", "x").in(cluster("myapp"));
        assertThat(verdict(MYAPP, call("drop_role", "rolename", "x"), facts)).isEqualTo("allowed");
    }

    @Test
    void takesAnOwnerOfAProtectedDatabaseForAForeigner() {
        ClusterFacts facts = roles().role("odd").owns("odd", "template1").in(cluster("myapp"));
        assertThat(verdict(MYAPP, call("drop_role", "rolename", "odd"), facts)).isEqualTo(FOREIGN);
    }

    @Test
    void takesTheLongestMatchIntoAccountForOwners() {
        ClusterFacts facts = roles().role("x").owns("x", "myapp_web_dev").in(cluster("myapp", "myapp_web"));
        assertThat(verdict(MYAPP, call("drop_role", "rolename", "x"), facts)).isEqualTo(FOREIGN);
    }

    @Test
    void namesNoDatabaseOfAnotherApplication() {
        Denial denial = Given.denial(MYAPP, call("drop_role", "rolename", "other_guest"), CLUSTER)
                .orElseThrow();
        assertThat(denial.toString()).doesNotContain("other_dev").doesNotContain("other_app");
    }

    @Test
    void letsASuperuserHandleOtherApplicationsRolesButNotPrivilegedOnes() {
        assertThat(verdict(SUPERUSER, call("drop_role", "rolename", "other_app"), CLUSTER))
                .isEqualTo("allowed");
        assertThat(verdict(SUPERUSER, call("grant_role", "rolename", "other_app", "member", "other_guest"), CLUSTER))
                .isEqualTo("allowed");
        assertThat(verdict(SUPERUSER, call("drop_role", "rolename", "a"), CLUSTER))
                .isEqualTo(PRIVILEGED);
        assertThat(verdict(
                        SUPERUSER, call("reset_password", "rolename", "other_db_admin", "new_password", "x"), CLUSTER))
                .isEqualTo(PRIVILEGED);
        assertThat(verdict(SUPERUSER, call("reset_password", "rolename", "postgres", "new_password", "x"), CLUSTER))
                .isEqualTo("allowed");
    }

    @Test
    void knowsTheCallersOwnRoleByItsOid() {
        Caller namesake = new Caller(101, MYAPP.name(), false, true, true, true);
        assertThat(verdict(namesake, call("reset_password", "rolename", MYAPP.name(), "new_password", "x"), CLUSTER))
                .isEqualTo(PRIVILEGED);
    }

    @Test
    void neverTakesTheCallerForAnotherApplications() {
        ClusterFacts facts = roles().owns("myapp_db_admin", "other_old").in(cluster("myapp"));
        assertThat(verdict(MYAPP, call("grant_role", "rolename", "app_writer", "member", "myapp_db_admin"), facts))
                .isEqualTo("allowed");
    }

    @ParameterizedTest
    @CsvSource({
        "x, x, true",
        "x, y, true",
        "x, z, true",
        "y, z, true",
        "z, y, false",
        "z, x, false",
        "y, x, false",
        "x, app_writer, false",
        "not_there, not_there, false",
        "x, not_there, false",
        "not_there, x, false"
    })
    void refusesAGrantThatClosesACircle(String role, String member, boolean circle) {
        ClusterFacts facts = roles().member("x", "y").member("y", "z").in(cluster("myapp"));
        assertThat(verdict(MYAPP, call("grant_role", "rolename", role, "member", member), facts))
                .isEqualTo(circle ? CYCLE : "allowed");
        assertThat(verdict(MYAPP, call("revoke_role", "rolename", role, "member", member), facts))
                .isEqualTo("allowed");
    }

    @Test
    void refusesToJudgeRolesThatWereNotRead() {
        Arguments call = call("drop_role", "rolename", "app_readonly");
        assertThat(Policy.needsRoles(call)).isTrue();
        assertThatThrownBy(() -> verdict(MYAPP, call, cluster("myapp"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void needsRolesOnlyWhereARoleIsNamed() {
        assertThat(Policy.needsRoles(call("create_database", "dbname", "d", "template", "t")))
                .isFalse();
        assertThat(Policy.needsRoles(call("create_database", "dbname", "d", "template", "t", "owner", "o")))
                .isTrue();
        assertThat(Policy.needsRoles(call("create_schema", "dbname", "d", "schema_name", "s", "owner", null)))
                .isFalse();
        assertThat(Policy.needsRoles(call("create_role", "rolename", "r"))).isFalse();
        assertThat(Policy.needsRoles(call("grant_role", "rolename", "r", "member", "m")))
                .isTrue();
        assertThat(Policy.needsRoles(call("help"))).isFalse();
    }
}
