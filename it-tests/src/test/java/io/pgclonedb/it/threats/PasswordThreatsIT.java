package io.pgclonedb.it.threats;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.calls.CallResult;
import io.pgclonedb.it.calls.Calls;
import io.pgclonedb.it.calls.TestCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever reads logs, catalogs or answers searches them for a password; both logs are at their most talkative. */
class PasswordThreatsIT {
    private static final String CANARY = "c4naryPassw0rd";
    private TalkativeLogs logs;
    private TestCluster cluster;
    private Calls.Session caller;
    private String role;

    @BeforeEach
    void everybodyLogsEverything() throws Exception {
        cluster = new TestCluster();
        caller = cluster.login();
        role = cluster.name("app");
        logs = new TalkativeLogs(cluster);
    }

    @AfterEach
    void remove() throws Exception {
        logs.close();
        cluster.close();
    }

    @Test
    void searchesEverythingThatIsWrittenForAPassword() throws Exception {
        List<CallResult> results = new ArrayList<>();
        results.add(call("create_role", Map.of("rolename", role, "password", CANARY)));
        results.add(call("create_role", Map.of("rolename", role, "password", CANARY)));
        results.add(call("create_role", Map.of("rolename", "pg_x", "password", CANARY)));
        results.add(call("create_role", Map.of("rolename", "x", "password", CANARY, "valid_until", "never ever")));
        results.add(call("reset_password", Map.of("rolename", role, "new_password", CANARY)));
        results.add(call("reset_password", Map.of("rolename", "postgres", "new_password", CANARY)));
        results.add(call("reset_password", Map.of("rolename", cluster.name("none"), "new_password", CANARY)));
        results.add(call("reset_password", Map.of("rolename", role, "new_password", CANARY + "\0")));
        results.add(call("reset_password", Map.of("rolename", role, "new_password", CANARY + "\ud800")));

        assertThat(results)
                .extracting(CallResult::sqlState)
                .containsExactly(null, "42710", "42939", "22007", null, "42501", "42704", "22021", "22021");
        assertThat(results).extracting(CallResult::everything).noneMatch(text -> text.contains(CANARY));
        assertThat(logs.server())
                .contains("SCRAM-SHA-256")
                .contains("ALTER ROLE")
                .doesNotContain(CANARY);
        assertThat(cluster.ask("SELECT string_agg(query, ' ') FROM pg_stat_activity WHERE pid <> pg_backend_pid()"))
                .doesNotContain(CANARY);
        assertThat(cluster.askControl("SELECT string_agg(a::text, ' ') FROM control.audit a"))
                .contains("\"***\"")
                .doesNotContain(CANARY);
        assertThat(logs.proxy()).isNotEmpty().noneMatch(text -> text.contains(CANARY));
        assertThat(logs.driver()).isNotEmpty().noneMatch(text -> text.contains(CANARY));
    }

    private CallResult call(String function, Map<String, ?> arguments) throws Exception {
        return cluster.calls().call(caller, function, arguments);
    }
}
