package io.pgclonedb.proxy.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.policy.DenialReason;
import io.pgclonedb.policy.Function;
import io.pgclonedb.policy.FunctionCatalog;
import io.pgclonedb.proxy.operation.CallObserver.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyMetricsTest {
    private static final Function CREATE_DATABASE =
            FunctionCatalog.find("create_database").orElseThrow();

    private final ProxyMetrics metrics = new ProxyMetrics(FunctionCatalog.functions());

    @AfterEach
    void close() {
        metrics.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pgclonedb_calls_total{function=\"create_database\",outcome=\"succeeded\"} 0.0",
                "pgclonedb_calls_total{function=\"create_database\",outcome=\"failed\"} 0.0",
                "pgclonedb_calls_total{function=\"help\",outcome=\"denied\"} 0.0",
                "pgclonedb_calls_total{function=\"help\",outcome=\"cancelled\"} 0.0",
                "pgclonedb_call_seconds_count{function=\"help\"} 0",
                "pgclonedb_call_seconds_bucket{function=\"help\",le=\"1.0\"} 0",
                "pgclonedb_call_seconds_bucket{function=\"help\",le=\"+Inf\"} 0",
                "pgclonedb_sessions{state=\"authenticating\"} 0.0",
                "pgclonedb_sessions{state=\"authenticated\"} 0.0",
                "pgclonedb_relay_bytes_total{direction=\"to_server\"} 0.0",
                "pgclonedb_relay_bytes_total{direction=\"to_client\"} 0.0",
                "pgclonedb_relay_messages_total{direction=\"to_server\"} 0.0",
                "pgclonedb_relay_messages_total{direction=\"to_client\"} 0.0",
                "pgclonedb_authentication_failures_total 0.0",
                "pgclonedb_denials_total{reason=\"scope\"} 0.0",
                "pgclonedb_denials_total{reason=\"syntax_error\"} 0.0",
                "pgclonedb_operations_running{function=\"create_database\"} 0.0",
                "pgclonedb_clone_bytes_total 0.0",
                "pgclonedb_control_database_up 0.0",
                "pgclonedb_admin_pool_connections{state=\"active\"} 0.0",
                "pgclonedb_admin_pool_connections{state=\"idle\"} 0.0",
                "pgclonedb_admin_pool_waiting 0.0"
            })
    void everySeriesIsThereFromTheStart(String line) {
        assertThat(metrics.scrape().lines()).contains(line);
    }

    @Test
    void theJvmIsMeasuredToo() {
        assertThat(metrics.scrape()).contains("jvm_memory_used_bytes", "jvm_threads_live_threads", "process_uptime");
    }

    @Test
    void aSessionMovesFromStateToState() {
        metrics.sessionOpened();
        metrics.sessionOpened();
        metrics.sessionAuthenticated();
        assertThat(metrics.scrape().lines())
                .contains(
                        "pgclonedb_sessions{state=\"authenticating\"} 1.0",
                        "pgclonedb_sessions{state=\"authenticated\"} 1.0");
        metrics.sessionClosed(true);
        metrics.sessionClosed(false);
        assertThat(metrics.scrape().lines())
                .contains(
                        "pgclonedb_sessions{state=\"authenticating\"} 0.0",
                        "pgclonedb_sessions{state=\"authenticated\"} 0.0");
    }

    @Test
    void whatIsRelayedAddsUp() {
        metrics.relayed(Direction.TO_CLIENT, 100, 3);
        metrics.relayed(Direction.TO_CLIENT, 28, 1);
        assertThat(metrics.scrape().lines())
                .contains(
                        "pgclonedb_relay_bytes_total{direction=\"to_client\"} 128.0",
                        "pgclonedb_relay_messages_total{direction=\"to_client\"} 4.0",
                        "pgclonedb_relay_bytes_total{direction=\"to_server\"} 0.0");
    }

    @Test
    void aCallRunsAndEndsOnce() {
        metrics.calls().started(CREATE_DATABASE);
        assertThat(metrics.scrape().lines()).contains("pgclonedb_operations_running{function=\"create_database\"} 1.0");
        metrics.calls().finished(CREATE_DATABASE, Outcome.SUCCEEDED, Duration.ofMillis(700));
        metrics.calls().cloned(4096);
        assertThat(metrics.scrape().lines())
                .contains(
                        "pgclonedb_operations_running{function=\"create_database\"} 0.0",
                        "pgclonedb_calls_total{function=\"create_database\",outcome=\"succeeded\"} 1.0",
                        "pgclonedb_call_seconds_bucket{function=\"create_database\",le=\"0.5\"} 0",
                        "pgclonedb_call_seconds_bucket{function=\"create_database\",le=\"1.0\"} 1",
                        "pgclonedb_clone_bytes_total 4096.0");
    }

    @ParameterizedTest
    @CsvSource({"42601,syntax_error", "42883,undefined_function", "0A000,not_supported", "54000,other"})
    void whatIsRefusedWhileParsedIsCountedByReason(String sqlState, String reason) {
        metrics.refusedWhileParsing(sqlState);
        assertThat(metrics.scrape().lines()).contains("pgclonedb_denials_total{reason=\"" + reason + "\"} 1.0");
    }

    @Test
    void loginsAndTheControlDatabaseAreSeen() {
        metrics.authenticationFailed();
        metrics.observeControlDatabase(() -> true);
        metrics.observeAdminPool(() -> 1, () -> 2, () -> 3);
        metrics.calls().denied(CREATE_DATABASE, DenialReason.SCOPE);
        assertThat(metrics.scrape().lines())
                .contains(
                        "pgclonedb_authentication_failures_total 1.0",
                        "pgclonedb_control_database_up 1.0",
                        "pgclonedb_admin_pool_connections{state=\"active\"} 1.0",
                        "pgclonedb_admin_pool_connections{state=\"idle\"} 2.0",
                        "pgclonedb_admin_pool_waiting 3.0",
                        "pgclonedb_denials_total{reason=\"scope\"} 1.0");
    }

    @Test
    void aFunctionOutsideTheCatalogueIsNoLabel() {
        Function strange = new Function(
                "drop_everything",
                CREATE_DATABASE.kind(),
                List.of(),
                List.of(),
                CREATE_DATABASE.access(),
                CREATE_DATABASE.usage());
        metrics.calls().started(strange);
        metrics.calls().finished(strange, Outcome.FAILED, Duration.ZERO);
        assertThat(metrics.scrape()).doesNotContain("drop_everything");
    }
}
