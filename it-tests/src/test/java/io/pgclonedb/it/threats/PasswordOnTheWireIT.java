package io.pgclonedb.it.threats;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.calls.TestCluster;
import io.pgclonedb.it.proxy.ProxyUnderTest;
import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.wire.Endpoint;
import io.pgclonedb.it.wire.Frontend;
import io.pgclonedb.it.wire.Message;
import io.pgclonedb.it.wire.RawClient;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A password on its way through the proxy, in every form a client may send it: the server must never see it. */
class PasswordOnTheWireIT {
    private static final String CANARY = "w1reC4naryPassw0rd";
    private static final String FUNCTIONS = "create_role, reset_password, drop_role";

    private final Endpoint endpoint = ProxyUnderTest.shared().endpoint();
    private final List<String> answers = new ArrayList<>();
    private TestCluster cluster;
    private TalkativeLogs logs;
    private RawClient client;
    private String role;

    @BeforeEach
    void logIn() throws Exception {
        cluster = new TestCluster();
        role = cluster.name("reader");
        configure("enable");
        logs = new TalkativeLogs(cluster);
        cluster.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
        client = RawClient.login(endpoint, "postgres", cluster.admin(), TestCluster.PASSWORD);
    }

    @AfterEach
    void logOut() throws Exception {
        client.close();
        logs.close();
        configure("disable");
        cluster.close();
    }

    private void configure(String direction) throws SQLException {
        try (Connection superuser = endpoint.connect("postgres", PostgresServer.SUPERUSER, PostgresServer.PASSWORD);
                Statement statement = superuser.createStatement()) {
            statement.execute("SELECT pgclonedb.configure(" + direction + " := '" + FUNCTIONS + "')");
        }
    }

    @Test
    void searchesTheServerForAPasswordWrittenAsALiteral() throws Exception {
        query("SELECT pgclonedb.create_role('" + role + "', '" + CANARY + "')");
        query("SELECT pgclonedb.reset_password('" + role + "', E'" + CANARY + "')");
        query("SELECT pgclonedb.reset_password(new_password => ('" + CANARY + "')::text, rolename => '" + role + "')");
        query("SELECT * FROM pgclonedb.reset_password('" + role + "', $pw$" + CANARY + "$pw$) AS r(done)");
        assertThat(answers).allMatch(answer -> !answer.contains("S=FATAL") && !answer.contains("S=ERROR"));
        canLogIn();
        isNowhere();
    }

    @Test
    void searchesTheServerForAPasswordBoundToAParameter() throws Exception {
        query("SELECT pgclonedb.create_role('" + role + "')");
        for (String call : List.of(
                "SELECT pgclonedb.reset_password($1, $2)",
                "SELECT pgclonedb.reset_password($1, $2::text)",
                "SELECT pgclonedb.reset_password(rolename := $1, new_password := ($2))",
                "SELECT * FROM pgclonedb.reset_password($1, $2)")) {
            for (int format : new int[] {0, 1}) {
                run("", call, format);
                run("named", call, format);
                send(Frontend.closeStatement("named"), Frontend.sync());
            }
        }
        assertThat(answers).allMatch(answer -> !answer.contains("S=FATAL") && !answer.contains("S=ERROR"));
        canLogIn();
        isNowhere();
    }

    @Test
    void searchesTheServerForThePasswordOfACallThatFails() throws Exception {
        query("SELECT pgclonedb.reset_password('nobody_at_all', '" + CANARY + "')");
        query("SELECT pgclonedb.reset_password('postgres', '" + CANARY + "')");
        query("BEGIN");
        query("SELECT pgclonedb.reset_password('" + cluster.otherApp() + "_db_admin', '" + CANARY + "')");
        query("SELECT pgclonedb.reset_password('postgres', '" + CANARY + "')");
        query("ROLLBACK");
        run("", "SELECT pgclonedb.reset_password('postgres', $2), $1::text", 0);
        run("", "SELECT pgclonedb.reset_password($1, $2 || '')", 0);
        assertThat(answers.stream().filter(answer -> answer.contains("S=ERROR")))
                .hasSize(6);
        isNowhere();
    }

    @Test
    void searchesTheServerForThePasswordOfACallInThePlaceItMustNotStand() throws Exception {
        String call = "pgclonedb.reset_password('" + role + "', '" + CANARY + "')";
        List<String> refused = List.of(
                "SELECT upper(" + call + ")",
                "SELECT 1 WHERE " + call + " IS NOT NULL",
                "EXPLAIN ANALYZE SELECT " + call,
                "PREPARE p AS SELECT " + call,
                "DECLARE c CURSOR WITH HOLD FOR SELECT " + call,
                "DO $$ BEGIN PERFORM " + call + "; END $$",
                "CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT " + call + " $$",
                "CREATE FUNCTION f() RETURNS text BEGIN ATOMIC SELECT " + call + "; END",
                "CREATE VIEW v AS SELECT " + call,
                "CREATE TABLE t AS SELECT " + call,
                "INSERT INTO t SELECT " + call,
                "WITH w AS (SELECT " + call + ") SELECT * FROM w",
                "SELECT " + call + " UNION SELECT '1'",
                "COPY (SELECT " + call + ") TO STDOUT",
                "SELECT 1; SELECT upper(" + call + "); SELECT 2",
                "SELECT " + call + "; SELECT 1 FORM nowhere AT all",
                "SELECT " + call + " FORM nowhere AT all",
                "SELECT pgclonedb.reset_pasword('" + role + "', '" + CANARY + "')",
                "SELECT pgclonedb.reset_password('" + CANARY + "')",
                "SELECT pgclonedb.reset_password('" + role + "', 'x' || '" + CANARY + "')",
                "SELECT pgclonedb.reset_password('" + role + "', '" + CANARY,
                "SELECT pgclonedb.reset_password('" + role + "', '" + CANARY + "'",
                "SELECT \"pgclonedb\" . /* a comment */ reset_password('" + role + "', '" + CANARY + "', '', 4)",
                "SELECT U&\"pgclo\\006Eedb\".reset_password('" + role + "', '" + CANARY + "', 4)");
        for (String sql : refused) {
            query(sql);
            send(Frontend.parse("", sql), Frontend.sync());
        }
        assertThat(answers).hasSize(2 * refused.size()).allMatch(answer -> answer.contains("S=ERROR"));
        isNowhere();
    }

    @Test
    void searchesTheServerForThePasswordOfACallInAnyPlaceItMayStand() throws Exception {
        String call = "pgclonedb.reset_password('" + role + "', '" + CANARY + "')";
        query("SELECT pgclonedb.create_role('" + role + "')");
        query("CALL " + call);
        query("SELECT 1; SELECT " + call + "; SELECT 2");
        query("BEGIN; DECLARE c CURSOR FOR SELECT " + call + "; FETCH ALL c; COMMIT");
        query("EXPLAIN (VERBOSE) SELECT " + call);
        query("WITH w AS (SELECT 1) SELECT " + call + " FROM w");
        assertThat(answers).hasSize(6).noneMatch(answer -> answer.contains("S=ERROR"));
        canLogIn();
        isNowhere();
    }

    private void query(String sql) {
        send(Frontend.query(sql));
    }

    /** Prepares, describes and executes a call with the role and the canary as parameters. */
    private void run(String statement, String sql, int format) {
        send(
                Frontend.parse(statement, sql),
                Frontend.bind(
                        "",
                        statement,
                        new int[] {format},
                        List.of(role.getBytes(StandardCharsets.UTF_8), CANARY.getBytes(StandardCharsets.UTF_8)),
                        new int[0]),
                Frontend.describePortal(""),
                Frontend.execute("", 0),
                Frontend.sync());
    }

    private void send(byte[]... messages) {
        client.send(messages);
        StringBuilder answer = new StringBuilder();
        for (Message message : client.receiveUntilReady()) {
            answer.append(message).append('\n');
        }
        answers.add(answer.toString());
    }

    private void canLogIn() {
        RawClient.login(endpoint, "postgres", role, CANARY).close();
    }

    private void isNowhere() throws SQLException {
        assertThat(answers).noneMatch(answer -> answer.contains(CANARY));
        assertThat(logs.server()).contains("pgclonedb").doesNotContain(CANARY);
        assertThat(logs.proxy()).noneMatch(line -> line.contains(CANARY));
        assertThat(logs.driver()).noneMatch(line -> line.contains(CANARY));
        assertThat(cluster.ask("SELECT string_agg(query, ' ') FROM pg_stat_activity WHERE pid <> pg_backend_pid()"))
                .doesNotContain(CANARY);
        assertThat(cluster.ask("SELECT string_agg(query, ' ') FROM pg_stat_statements"))
                .contains("json_build_array")
                .doesNotContain(CANARY);
        assertThat(ProxyUnderTest.shared().metrics())
                .contains("pgclonedb_calls_total")
                .doesNotContain(CANARY);
        assertThat(cluster.ask("SELECT string_agg(rolname || coalesce(rolpassword, ''), ' ') FROM pg_authid"))
                .doesNotContain(CANARY);
    }
}
