package io.pgclonedb.it.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pgclonedb.proxy.control.AuditEntry;
import io.pgclonedb.proxy.control.AuditLog;
import io.pgclonedb.proxy.control.ControlDatabase;
import io.pgclonedb.proxy.control.Outcome;
import io.pgclonedb.proxy.control.RunningOperation;
import io.pgclonedb.proxy.control.RunningOperations;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditLogIT {
    private final ControlServer server = new ControlServer();
    private ControlDatabase control;
    private AuditLog audit;

    @BeforeAll
    void open() {
        control = server.open();
        audit = new AuditLog(control);
    }

    @BeforeEach
    void noRowsYet() throws SQLException {
        server.executeIn(server.name(), "DELETE FROM control.audit");
    }

    @AfterAll
    void removeWhatIsLeft() throws SQLException {
        control.close();
        server.close();
    }

    private JsonNode rows(Long callerOid, int maxRows, String operation) throws IOException {
        return new ObjectMapper().readTree(audit.rowsAsJson(callerOid, maxRows, operation));
    }

    @Test
    void tellsOfACallFromItsIntentToItsEnd() throws Exception {
        try (Connection connection = control.connection()) {
            long id = audit.intent(connection, ControlServer.entry(10, "create_database", "myapp_dev"));
            JsonNode running = rows(null, 10, null).get(0);
            assertThat(running.get("outcome").asText()).isEqualTo("running");
            assertThat(running.get("finished_at").isNull()).isTrue();

            assertThat(audit.finish(connection, id, Outcome.SUCCEEDED, null, "created"))
                    .isTrue();
            assertThat(audit.finish(connection, id, Outcome.FAILED, "57014", "cancelled"))
                    .isFalse();

            JsonNode row = rows(null, 10, null).get(0);
            assertThat(row.fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrder(
                            "id",
                            "started_at",
                            "finished_at",
                            "caller",
                            "operation",
                            "target",
                            "arguments",
                            "outcome",
                            "sqlstate",
                            "message",
                            "client_address",
                            "application_name");
            assertThat(row.get("id").asLong()).isEqualTo(id);
            assertThat(row.get("outcome").asText()).isEqualTo("succeeded");
            assertThat(row.get("sqlstate").isNull()).isTrue();
            assertThat(row.get("arguments").get("dbname").asText()).isEqualTo("myapp_dev");
            assertThat(row.get("finished_at").asText())
                    .isGreaterThanOrEqualTo(row.get("started_at").asText());
        }
    }

    @Test
    void showsARoleItsOwnRowsByOid() throws IOException {
        audit.denied(ControlServer.entry(10, "drop_database", "a"), "42501", "no");
        audit.denied(ControlServer.entry(4_294_967_295L, "drop_database", "b"), "42501", "no");

        assertThat(rows(10L, 10, null)).hasSize(1);
        assertThat(rows(4_294_967_295L, 10, null).get(0).get("target").asText()).isEqualTo("b");
        assertThat(rows(11L, 10, null)).isEmpty();
        assertThat(rows(null, 10, null)).hasSize(2);
    }

    @Test
    void showsTheNewestRowsOfOneOperationFirst() throws IOException {
        audit.denied(ControlServer.entry(10, "drop_database", "first"), "42501", "no");
        audit.denied(ControlServer.entry(10, "drop_database", "second"), "42501", "no");
        audit.failed(ControlServer.entry(10, "open_database", "third"), "3D000", "no");

        assertThat(rows(null, 1, "drop_database").get(0).get("target").asText()).isEqualTo("second");
        assertThat(rows(null, 10, "open_database").get(0).get("outcome").asText())
                .isEqualTo("failed");
        assertThat(rows(null, 10, null))
                .extracting(row -> row.get("target").asText())
                .containsExactly("third", "second", "first");
    }

    @Test
    void recordsARefusedCallWhateverWasInIt() throws IOException {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("dbname", "a\0b\ud800'\"\\😀");
        arguments.put("force", true);
        arguments.put("owner", null);
        arguments.put("max_rows", 5);
        AuditEntry entry = new AuditEntry(10, "c\0", "drop_database", "\udc00", arguments, "127.0.0.1", "app\0", 1);

        audit.denied(entry, "42501", "no\0");

        JsonNode row = rows(null, 1, null).get(0);
        assertThat(row.get("arguments").get("dbname").asText()).isEqualTo("a\ufffdb\ufffd'\"\\😀");
        assertThat(row.get("arguments").get("force").asBoolean()).isTrue();
        assertThat(row.get("arguments").get("owner").isNull()).isTrue();
        assertThat(row.get("arguments").get("max_rows").asInt()).isEqualTo(5);
    }

    @Test
    void isOneTransactionWithWhatItRecords() throws Exception {
        String answer = audit.inOneTransaction(ControlServer.entry(10, "open_database", "a"), connection -> {
            connection.createStatement().execute("CREATE TABLE control.done ()");
            return "opened";
        });
        PgException error = catchThrowableOfType(
                PgException.class,
                () -> audit.inOneTransaction(ControlServer.entry(10, "open_database", "b"), connection -> {
                    connection.createStatement().execute("DROP TABLE control.done");
                    throw PgException.error(SqlState.OBJECT_IN_USE, "busy");
                }));

        assertThat(answer).isEqualTo("opened");
        assertThat(error.sqlState()).isEqualTo("55006");
        assertThat(server.askControl("SELECT count(*) FROM control.done")).isEqualTo("0");
        assertThat(rows(null, 10, null)).hasSize(1);
        assertThat(rows(null, 10, null).get(0).get("message").asText()).isEqualTo("opened");
    }

    @Test
    void refusesAnAnswerThatWouldBeTooLarge() throws SQLException {
        server.executeIn(
                server.name(),
                "INSERT INTO control.audit (caller_oid, caller, operation, arguments, outcome, finished_at,"
                        + " client_address, application_name, backend_pid, proxy_id)"
                        + " SELECT 10, 'c', 'x', jsonb_build_object('a', repeat('x', 1000000)), 'succeeded', now(), '',"
                        + " '', 1, '00000000-0000-0000-0000-000000000000' FROM generate_series(1, 70)");

        PgException error = catchThrowableOfType(PgException.class, () -> audit.rowsAsJson(null, 1000, null));

        assertThat(error.sqlState()).isEqualTo("54000");
        assertThat(error.hint()).contains("max_rows");
        assertThat(audit.rowsAsJson(null, 10, null)).hasSizeGreaterThan(10_000_000);
    }

    @Test
    void deletesOldRowsButNoneThatStillRuns() throws Exception {
        RunningOperations operations = new RunningOperations(control, audit);
        try (RunningOperation operation = operations.begin(ControlServer.entry(10, "create_database", "running"))) {
            audit.denied(ControlServer.entry(10, "drop_database", "old"), "42501", "no");
            server.executeIn(
                    server.name(),
                    "UPDATE control.audit SET started_at = started_at - interval '3 days',"
                            + " finished_at = finished_at - interval '2 days'");
            audit.denied(ControlServer.entry(10, "drop_database", "new"), "42501", "no");

            assertThat(audit.purge("1 day")).isEqualTo(1);

            assertThat(rows(null, 10, null))
                    .extracting(row -> row.get("target").asText())
                    .containsExactly("new", "running");
            operation.finish(Outcome.SUCCEEDED, null, "done");
        }
    }

    @Test
    void writesEachSettledRowAsOneLineOfJson() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger(AuditLog.LOGGER);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        logger.setLevel(Level.INFO);
        try (Connection connection = control.connection()) {
            long id = audit.intent(connection, ControlServer.entry(10, "create_database", "a\nb"));
            audit.finish(connection, id, Outcome.SUCCEEDED, null, "created");
            audit.denied(ControlServer.entry(10, "drop_database", "c"), "42501", "no");
            audit.inOneTransaction(ControlServer.entry(10, "open_database", "d"), work -> "opened");
            assertThatThrownBy(() -> audit.inOneTransaction(ControlServer.entry(10, "open_database", "e"), work -> {
                        throw PgException.error(SqlState.OBJECT_IN_USE, "busy");
                    }))
                    .isInstanceOf(PgException.class);
        } finally {
            logger.setLevel(null);
            logger.detachAppender(lines);
        }

        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).doesNotContain("\n"));
        JsonNode first = new ObjectMapper().readTree(lines.list.get(0).getFormattedMessage());
        assertThat(first.get("target").asText()).isEqualTo("a\nb");
        assertThat(first.get("outcome").asText()).isEqualTo("succeeded");
    }
}
