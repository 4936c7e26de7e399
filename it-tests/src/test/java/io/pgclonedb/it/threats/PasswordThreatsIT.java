package io.pgclonedb.it.threats;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.pgclonedb.it.calls.CallResult;
import io.pgclonedb.it.calls.Calls;
import io.pgclonedb.it.calls.TestCluster;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whoever reads logs, catalogs or answers searches them for a password; both logs are at their most talkative. */
class PasswordThreatsIT {
    private static final String CANARY = "c4naryPassw0rd";
    private static final String[] TALKATIVE = {
        "log_statement = 'all'",
        "log_min_error_statement = 'debug5'",
        "log_min_messages = 'debug1'",
        "log_min_duration_statement = 0",
        "log_parameter_max_length = -1",
        "log_parameter_max_length_on_error = -1"
    };

    private final ListAppender<ILoggingEvent> proxyLog = new ListAppender<>();
    private final List<String> driverLog = new ArrayList<>();
    private final Handler driverHandler = new Handler() {
        @Override
        public synchronized void publish(LogRecord line) {
            Object[] parameters = line.getParameters();
            driverLog.add(line.getMessage() + (parameters == null ? "" : " " + Arrays.toString(parameters)));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final java.util.logging.Logger driver = java.util.logging.Logger.getLogger("org.postgresql");
    private final Level usualLevel = root.getLevel();

    private TestCluster cluster;
    private Calls.Session caller;
    private String role;

    @BeforeEach
    void everybodyLogsEverything() throws Exception {
        cluster = new TestCluster();
        caller = cluster.login();
        role = cluster.name("app");
        for (String setting : TALKATIVE) {
            cluster.execute("ALTER SYSTEM SET " + setting);
        }
        cluster.execute("SELECT pg_reload_conf()");
        TestCluster.until(() -> cluster.ask("SHOW log_statement").equals("all"));
        proxyLog.start();
        root.addAppender(proxyLog);
        root.setLevel(Level.TRACE);
        driver.addHandler(driverHandler);
        driver.setLevel(java.util.logging.Level.ALL);
    }

    @AfterEach
    void remove() throws Exception {
        driver.removeHandler(driverHandler);
        driver.setLevel(null);
        root.setLevel(usualLevel);
        root.detachAppender(proxyLog);
        for (String setting : TALKATIVE) {
            cluster.execute("ALTER SYSTEM RESET " + setting.substring(0, setting.indexOf(' ')));
        }
        cluster.execute("SELECT pg_reload_conf()");
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
        assertThat(serverLog()).contains("SCRAM-SHA-256").contains("ALTER ROLE").doesNotContain(CANARY);
        assertThat(cluster.ask("SELECT string_agg(query, ' ') FROM pg_stat_activity WHERE pid <> pg_backend_pid()"))
                .doesNotContain(CANARY);
        assertThat(cluster.askControl("SELECT string_agg(a::text, ' ') FROM control.audit a"))
                .contains("\"***\"")
                .doesNotContain(CANARY);
        assertThat(List.copyOf(proxyLog.list))
                .isNotEmpty()
                .extracting(PasswordThreatsIT::text)
                .noneMatch(text -> text.contains(CANARY));
        assertThat(driverLog).isNotEmpty().noneMatch(text -> text.contains(CANARY));
    }

    private CallResult call(String function, Map<String, ?> arguments) throws Exception {
        return cluster.calls().call(caller, function, arguments);
    }

    private String serverLog() throws SQLException {
        return cluster.ask("SELECT convert_from(pg_read_binary_file(pg_current_logfile()), 'LATIN1')");
    }

    private static String text(ILoggingEvent event) {
        String thrown = event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
        return event.getFormattedMessage()
                + thrown
                + event.getMDCPropertyMap().values().stream().collect(Collectors.joining());
    }
}
