package io.pgclonedb.it.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleFunctionsIT {
    private TestCluster cluster;
    private Calls.Session admin;
    private String reader;
    private String writer;

    @BeforeEach
    void anApplication() throws SQLException {
        cluster = new TestCluster();
        admin = cluster.login();
        reader = cluster.name("readonly");
        writer = cluster.name("writer");
    }

    @AfterEach
    void remove() throws Exception {
        cluster.close();
    }

    private CallResult call(String function, Map<String, ?> arguments) throws Exception {
        return cluster.calls().call(admin, function, arguments);
    }

    private String attributes(String role) throws SQLException {
        return cluster.ask("SELECT concat_ws(' ', rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin,"
                + " rolreplication, rolbypassrls, rolconnlimit, coalesce(rolvaliduntil::text, 'ever')) FROM pg_roles"
                + " WHERE rolname = '" + role.replace("'", "''") + "'");
    }

    private String members(String role) throws SQLException {
        return cluster.ask("SELECT DISTINCT member::regrole::text FROM pg_auth_members WHERE roleid = '" + role
                + "'::regrole ORDER BY 1");
    }

    @Test
    void createsARoleThatCanLogInWithItsPassword() throws Exception {
        assertThat(call("create_role", Map.of("rolename", reader, "password", "S3cure!"))
                        .answered())
                .isEqualTo("role \"" + reader + "\" created");

        assertThat(attributes(reader)).isEqualTo("f t f f t f f -1 ever");
        assertThat(cluster.ask("SELECT rolpassword FROM pg_authid WHERE rolname = '" + reader + "'"))
                .matches("SCRAM-SHA-256\\$4096:.*");
        cluster.connect("postgres", reader, "S3cure!").close();
        assertThat(cluster.lastAudit()).isEqualTo(cluster.admin() + " create_role " + reader + " succeeded");
        assertThat(cluster.askControl("SELECT arguments ->> 'password' FROM control.audit ORDER BY id DESC LIMIT 1"))
                .isEqualTo("***");
    }

    @Test
    void createsARoleWithEveryAttributeThatMayBeGiven() throws Exception {
        String answer = call(
                        "create_role",
                        Map.of(
                                "rolename",
                                reader,
                                "login",
                                false,
                                "createdb",
                                false,
                                "createrole",
                                false,
                                "conn_limit",
                                3,
                                "valid_until",
                                "2030-12-31T00:00:00+00:00"))
                .answered();

        assertThat(answer).isEqualTo("role \"" + reader + "\" created, not allowed to log in");
        assertThat(attributes(reader)).startsWith("f t f f f f f 3 2030-12-3");
        assertThat(cluster.ask("SELECT count(*) FROM pg_auth_members WHERE '" + reader
                        + "'::regrole IN (roleid, member, grantor)"))
                .isEqualTo("0");
    }

    @Test
    void createsARoleThatIsValidForEver() throws Exception {
        call("create_role", Map.of("rolename", reader, "password", "x", "valid_until", "infinity"))
                .answered();

        assertThat(attributes(reader)).endsWith("infinity");
    }

    @Test
    void createsARoleWithoutAPassword() throws Exception {
        assertThat(call("create_role", Map.of("rolename", reader)).answered())
                .isEqualTo("role \"" + reader + "\" created, without a password");

        assertThat(cluster.ask("SELECT rolpassword IS NULL FROM pg_authid WHERE rolname = '" + reader + "'"))
                .isEqualTo("t");
    }

    @Test
    void refusesARoleThatExists() throws Exception {
        call("create_role", Map.of("rolename", reader)).answered();

        CallResult second = call("create_role", Map.of("rolename", reader));

        assertThat(second.sqlState()).isEqualTo("42710");
        assertThat(second.message()).isEqualTo("role \"" + reader + "\" already exists");
        assertThat(second.hint()).contains("another name");
        assertThat(cluster.lastAudit()).isEqualTo(cluster.admin() + " create_role " + reader + " failed 42710");
    }

    @Test
    void refusesAnExpiryThatIsNone() throws Exception {
        CallResult result = call("create_role", Map.of("rolename", reader, "valid_until", "' SUPERUSER --"));

        assertThat(result.sqlState()).isEqualTo("22007");
        assertThat(attributes(reader)).isEmpty();
    }

    @Test
    void refusesAConnectionLimitOutOfRange() throws Exception {
        assertThat(call("create_role", Map.of("rolename", reader, "conn_limit", -2))
                        .sqlState())
                .isEqualTo("22023");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "quo\"te", "per'cent %I", "{braces} ? $1", "back\\slash", "ünï", "--x", "X"})
    void takesAnyNameAsItStands(String suffix) throws Exception {
        String role = cluster.name(suffix);

        call("create_role", Map.of("rolename", role, "password", "a")).answered();
        call("grant_role", Map.of("rolename", role, "member", cluster.admin())).answered();
        call("revoke_role", Map.of("rolename", role, "member", cluster.admin())).answered();
        call("reset_password", Map.of("rolename", role, "new_password", "b")).answered();
        cluster.connect("postgres", role, "b").close();
        assertThat(attributes(role)).isEqualTo("f t f f t f f -1 ever");
        call("drop_role", Map.of("rolename", role)).answered();

        assertThat(attributes(role)).isEmpty();
    }

    @Test
    void dropsARole() throws Exception {
        cluster.execute("CREATE ROLE " + reader);

        assertThat(call("drop_role", Map.of("rolename", reader)).answered())
                .isEqualTo("role \"" + reader + "\" dropped");

        assertThat(attributes(reader)).isEmpty();
        assertThat(cluster.lastAudit()).isEqualTo(cluster.admin() + " drop_role " + reader + " succeeded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop_role", "reset_password", "grant_role", "revoke_role"})
    void refusesARoleThatDoesNotExist(String function) throws Exception {
        Map<String, ?> arguments = switch (function) {
            case "drop_role" -> Map.of("rolename", reader);
            case "reset_password" -> Map.of("rolename", reader, "new_password", "x");
            default -> Map.of("rolename", reader, "member", cluster.admin());
        };

        CallResult result = call(function, arguments);

        assertThat(result.sqlState()).isEqualTo("42704");
        assertThat(result.message()).isEqualTo("role \"" + reader + "\" does not exist");
        assertThat(result.hint()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"grant_role", "revoke_role"})
    void refusesAMemberThatDoesNotExist(String function) throws Exception {
        cluster.execute("CREATE ROLE " + reader);

        CallResult result = call(function, Map.of("rolename", reader, "member", writer));

        assertThat(result.sqlState()).isEqualTo("42704");
        assertThat(result.message()).isEqualTo("role \"" + writer + "\" does not exist");
    }

    @Test
    void refusesToDropARoleThatOwnsSomethingAndSaysWhat() throws Exception {
        String database = cluster.name("dev");
        cluster.execute(
                "CREATE ROLE " + reader,
                "CREATE DATABASE " + database + " OWNER " + cluster.admin(),
                "GRANT CONNECT ON DATABASE " + database + " TO " + reader);
        cluster.executeIn(database, "CREATE SCHEMA s AUTHORIZATION " + reader);

        CallResult result = call("drop_role", Map.of("rolename", reader));

        assertThat(result.sqlState()).isEqualTo("2BP01");
        assertThat(result.detail())
                .contains("privileges for database " + database)
                .contains("1 object in database " + database);
        assertThat(result.hint()).contains("REASSIGN OWNED");
        assertThat(attributes(reader)).isNotEmpty();
    }

    @Test
    void resetsAPasswordAndLeavesTheExpiryAsItIs() throws Exception {
        cluster.execute("CREATE ROLE " + reader + " LOGIN PASSWORD 'old' VALID UNTIL '2099-01-01 00:00:00+00'");

        assertThat(call("reset_password", Map.of("rolename", reader, "new_password", "N3w"))
                        .answered())
                .isEqualTo("password of role \"" + reader + "\" set");

        cluster.connect("postgres", reader, "N3w").close();
        assertThatThrownBy(() -> cluster.connect("postgres", reader, "old")).isInstanceOf(SQLException.class);
        assertThat(attributes(reader)).contains("20");
        assertThat(cluster.ask("SELECT rolvaliduntil = '2099-01-01 00:00:00+00' FROM pg_roles WHERE rolname = '"
                        + reader + "'"))
                .isEqualTo("t");
    }

    @Test
    void resetsAPasswordWithAnExpiry() throws Exception {
        cluster.execute("CREATE ROLE " + reader + " LOGIN");

        call(
                        "reset_password",
                        Map.of("rolename", reader, "new_password", "N3w", "valid_until", "2098-06-30T00:00:00+00:00"))
                .answered();

        assertThat(cluster.ask("SELECT rolvaliduntil = '2098-06-30 00:00:00+00' FROM pg_roles WHERE rolname = '"
                        + reader + "'"))
                .isEqualTo("t");
    }

    @Test
    void letsAnAdminResetItsOwnPassword() throws Exception {
        call("reset_password", Map.of("rolename", cluster.admin(), "new_password", "mine"))
                .answered();

        cluster.connect("postgres", cluster.admin(), "mine").close();
    }

    @Test
    void grantsAMembershipThatIsOfUse() throws Exception {
        cluster.execute("CREATE ROLE " + reader, "CREATE ROLE " + writer);

        assertThat(call("grant_role", Map.of("rolename", reader, "member", writer))
                        .answered())
                .isEqualTo("role \"" + reader + "\" granted to \"" + writer + "\"");

        assertThat(members(reader)).isEqualTo(writer);
        assertThat(cluster.ask("SELECT concat_ws(' ', pg_has_role('" + writer + "', '" + reader + "', 'USAGE'),"
                        + " pg_has_role('" + writer + "', '" + reader + "', 'MEMBER WITH ADMIN OPTION'))"))
                .isEqualTo("t f");
    }

    @Test
    void saysThatARoleIsAMemberAlready() throws Exception {
        cluster.execute("CREATE ROLE " + reader, "CREATE ROLE " + writer, "GRANT " + reader + " TO " + writer);

        assertThat(call("grant_role", Map.of("rolename", reader, "member", writer))
                        .answered())
                .isEqualTo("role \"" + writer + "\" is already a member of role \"" + reader + "\"");
    }

    @Test
    void givesAMembershipWithoutRightsItsRights() throws Exception {
        assumeThat(cluster.version()).isGreaterThanOrEqualTo(16);
        cluster.execute(
                "CREATE ROLE " + reader,
                "CREATE ROLE " + writer,
                "GRANT " + reader + " TO " + writer + " WITH SET FALSE, INHERIT FALSE");

        assertThat(call("grant_role", Map.of("rolename", reader, "member", writer))
                        .answered())
                .endsWith("which had been a member without its rights");

        assertThat(cluster.ask("SELECT concat_ws(' ', pg_has_role('" + writer + "', '" + reader + "', 'USAGE'),"
                        + " pg_has_role('" + writer + "', '" + reader + "', 'SET'))"))
                .isEqualTo("t t");
    }

    @Test
    void refusesACircleOfMemberships() throws Exception {
        cluster.execute("CREATE ROLE " + reader, "CREATE ROLE " + writer, "GRANT " + reader + " TO " + writer);

        CallResult result = call("grant_role", Map.of("rolename", writer, "member", reader));

        assertThat(result.sqlState()).isEqualTo("0LP01");
        assertThat(result.hint()).isNotEmpty();
        assertThat(call("grant_role", Map.of("rolename", writer, "member", writer))
                        .sqlState())
                .isEqualTo("0LP01");
    }

    @Test
    void revokesAMembership() throws Exception {
        cluster.execute("CREATE ROLE " + reader, "CREATE ROLE " + writer, "GRANT " + reader + " TO " + writer);

        assertThat(call("revoke_role", Map.of("rolename", reader, "member", writer))
                        .answered())
                .isEqualTo("role \"" + reader + "\" revoked from \"" + writer + "\"");

        assertThat(members(reader)).isEmpty();
    }

    @Test
    void saysThatThereWasNothingToRevoke() throws Exception {
        cluster.execute("CREATE ROLE " + reader, "CREATE ROLE " + writer);

        assertThat(call("revoke_role", Map.of("rolename", reader, "member", writer))
                        .answered())
                .contains("is not a member of role");
        assertThat(cluster.lastAudit()).endsWith("succeeded");
    }

    @Test
    void doesNotWaitForARoleChangeOfItsOwnSession() throws Exception {
        cluster.execute("CREATE ROLE " + reader);
        admin.execute("BEGIN");
        admin.execute("ALTER ROLE CURRENT_USER PASSWORD 'new'");

        CallResult result = call("drop_role", Map.of("rolename", reader));

        assertThat(result.sqlState()).isIn("55006", "55P03");
        assertThat(result.hint()).isNotEmpty();
        admin.execute("ROLLBACK");
        call("drop_role", Map.of("rolename", reader)).answered();
    }

    @Test
    void reportsTheEnablingAndDisablingOfAFunctionToAnotherProxyAtOnce() throws Exception {
        Calls other = cluster.callsOfAnotherProxy();
        Calls.Session superuser = cluster.superuser();

        cluster.calls()
                .call(superuser, "configure", Map.of("disable", "create_role"))
                .answered();

        CallResult refused = other.call(admin, "create_role", Map.of("rolename", reader));
        assertThat(refused.sqlState()).isEqualTo("42501");
        assertThat(refused.message()).isEqualTo("function pgclonedb.create_role is currently disabled");
        assertThat(refused.hint()).contains("configure");
        assertThat(other.call(admin, "help", Map.of()).answered()).containsPattern("create_role\\b.*\\[DISABLED\\]");

        other.call(superuser, "configure", Map.of("enable", "create_role")).answered();

        call("create_role", Map.of("rolename", reader)).answered();
        assertThat(call("help", Map.of()).answered()).containsPattern("create_role\\b.*\\[enabled\\]");
    }
}
