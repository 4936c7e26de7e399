package io.pgclonedb.policy;

import static io.pgclonedb.policy.Given.MYAPP;
import static io.pgclonedb.policy.Given.SUPERUSER;
import static io.pgclonedb.policy.Given.admin;
import static io.pgclonedb.policy.Given.call;
import static io.pgclonedb.policy.Given.cluster;
import static io.pgclonedb.policy.Given.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules about databases and schemas, and about the names of new roles. */
class TargetRulesTest {
    private static final String OUT_OF_SCOPE = "42501 scope";
    private static final String PROTECTED = "42501 protected_object";
    private static final String RESERVED = "42939 reserved_name";

    @Test
    void saysOutOfScopeInTheseWords() {
        Denial denial = Given.denial(MYAPP, call("open_database", "dbname", "other_db"), cluster("myapp"))
                .orElseThrow();
        assertThat(denial.sqlState()).isEqualTo("42501");
        assertThat(denial.message()).isEqualTo("database \"other_db\" is out of scope for role \"myapp_db_admin\"");
        assertThat(denial.hint()).contains("\"myapp\"").contains("\"myapp_\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"open_database", "close_database", "drop_database"})
    void actsOnDatabasesInScopeOnly(String function) {
        assertThat(verdict(MYAPP, call(function, "dbname", "myapp_dev"), cluster("myapp")))
                .isEqualTo("allowed");
        assertThat(verdict(MYAPP, call(function, "dbname", "other"), cluster("myapp")))
                .isEqualTo(OUT_OF_SCOPE);
        assertThat(verdict(SUPERUSER, call(function, "dbname", "other"), cluster("myapp")))
                .isEqualTo("allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"create_schema", "drop_schema"})
    void actsInDatabasesInScopeOnly(String function) {
        assertThat(verdict(MYAPP, call(function, "dbname", "myapp", "schema_name", "s"), cluster("myapp")))
                .isEqualTo("allowed");
        assertThat(verdict(MYAPP, call(function, "dbname", "other", "schema_name", "s"), cluster("myapp")))
                .isEqualTo(OUT_OF_SCOPE);
        assertThat(verdict(SUPERUSER, call(function, "dbname", "postgres", "schema_name", "s"), cluster()))
                .isEqualTo(PROTECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "template0", "template1", "pgclonedb"})
    void protectsSystemDatabasesFromEverybody(String database) {
        assertThat(verdict(admin(database), call("drop_database", "dbname", database), cluster(database)))
                .isEqualTo(PROTECTED);
        assertThat(verdict(SUPERUSER, call("drop_database", "dbname", database), cluster()))
                .isEqualTo(PROTECTED);
        Arguments clone = call("create_database", "dbname", database, "template", "template0");
        assertThat(verdict(SUPERUSER, clone, cluster())).isEqualTo(PROTECTED);
    }

    @ParameterizedTest
    @CsvSource({
        "myapp_dev, myapp_source, allowed",
        "myapp_dev, template0, allowed",
        "myapp_dev, template1, allowed",
        "myapp_dev, postgres, 42501 protected_object",
        "myapp_dev, pgclonedb, 42501 protected_object",
        "myapp_dev, other_source, 42501 scope",
        "other_dev, myapp_source, 42501 scope"
    })
    void clonesWithinTheScope(String dbname, String template, String verdict) {
        assertThat(verdict(MYAPP, call("create_database", "dbname", dbname, "template", template), cluster("myapp")))
                .isEqualTo(verdict);
    }

    @Test
    void letsASuperuserCloneAcrossApplicationsButNothingProtected() {
        assertThat(verdict(SUPERUSER, call("create_database", "dbname", "a", "template", "b"), cluster()))
                .isEqualTo("allowed");
        assertThat(verdict(SUPERUSER, call("create_database", "dbname", "a", "template", "postgres"), cluster()))
                .isEqualTo(PROTECTED);
        assertThat(verdict(SUPERUSER, call("create_database", "dbname", "a", "template", "pgclonedb"), cluster()))
                .isEqualTo(PROTECTED);
    }

    @ParameterizedTest
    @CsvSource({
        "app_data, allowed",
        "public, allowed",
        "Pg_x, allowed",
        "pg, allowed",
        "pg_, 42939 reserved_name",
        "pg_catalog, 42939 reserved_name",
        "pg_x, 42939 reserved_name"
    })
    void createsNoSchemaUnderAReservedName(String schema, String verdict) {
        Arguments call = call("create_schema", "dbname", "myapp", "schema_name", schema);
        assertThat(verdict(MYAPP, call, cluster("myapp"))).isEqualTo(verdict);
        assertThat(verdict(SUPERUSER, call, cluster("myapp"))).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "app_data, allowed",
        "Public, allowed",
        "public, 42501 protected_object",
        "information_schema, 42501 protected_object",
        "pg_catalog, 42501 protected_object",
        "pg_toast, 42501 protected_object"
    })
    void dropsNoSystemSchema(String schema, String verdict) {
        Arguments call = call("drop_schema", "dbname", "myapp", "schema_name", schema, "cascade", true);
        assertThat(verdict(MYAPP, call, cluster("myapp"))).isEqualTo(verdict);
        assertThat(verdict(SUPERUSER, call, cluster("myapp"))).isEqualTo(verdict);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_x", "pg_x_db_admin", "public", "none"})
    void createsNoRoleUnderAReservedName(String role) {
        assertThat(verdict(MYAPP, call("create_role", "rolename", role), cluster("myapp")))
                .isEqualTo(RESERVED);
        assertThat(verdict(SUPERUSER, call("create_role", "rolename", role), cluster()))
                .isEqualTo(RESERVED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x_db_admin", "_db_admin", "myapp_db_admin"})
    void createsNoApplicationAdmin(String role) {
        assertThat(verdict(MYAPP, call("create_role", "rolename", role), cluster("myapp")))
                .isEqualTo("42501 reserved_name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"app_readonly", "PUBLIC", "None", "x_DB_ADMIN", "x_db_admin ", "public ", "pgx", "db_admin"})
    void createsRolesUnderAnyOtherName(String role) {
        assertThat(verdict(MYAPP, call("create_role", "rolename", role), cluster("myapp")))
                .isEqualTo("allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"createdb", "createrole"})
    void givesNoPrivilegeToANewRole(String attribute) {
        assertThat(verdict(MYAPP, call("create_role", "rolename", "r", attribute, true), cluster("myapp")))
                .isEqualTo("42501 privilege");
        assertThat(verdict(SUPERUSER, call("create_role", "rolename", "r", attribute, true), cluster()))
                .isEqualTo("42501 privilege");
        assertThat(verdict(MYAPP, call("create_role", "rolename", "r", attribute, false), cluster("myapp")))
                .isEqualTo("allowed");
    }
}
