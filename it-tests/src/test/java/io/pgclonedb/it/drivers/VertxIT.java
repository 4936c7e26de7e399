package io.pgclonedb.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.pgclient.PgNotice;
import io.vertx.sqlclient.Cursor;
import io.vertx.sqlclient.PreparedStatement;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** vertx-pg-client: prepared statements with binary values, pipelined where it is told so. */
@Tag("drivers")
class VertxIT {
    @RegisterExtension
    static final Application APPLICATION = Application.named("vertx");

    private static Vertx vertx;

    /** How a connection of the driver is set up. */
    record Mode(String name, UnaryOperator<PgConnectOptions> settings) {
        VertxSession connect(String database) {
            return new VertxSession(VertxSession.wait(PgConnection.connect(
                    vertx,
                    settings.apply(new PgConnectOptions()
                            .setHost(APPLICATION.proxy().host())
                            .setPort(APPLICATION.proxy().port())
                            .setUser(APPLICATION.admin())
                            .setPassword(Application.PASSWORD)
                            .setDatabase(database)
                            .addProperty("application_name", "driver test")))));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Mode> modes() {
        return Stream.of(
                new Mode("unnamed statements", settings -> settings.setCachePreparedStatements(false)),
                new Mode("cached statements", settings -> settings.setCachePreparedStatements(true)),
                new Mode(
                        "no pipelining",
                        settings -> settings.setCachePreparedStatements(true).setPipeliningLimit(1)));
    }

    @BeforeAll
    static void onboard() throws SQLException {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void leave() throws SQLException {
        VertxSession.wait(vertx.close());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void connectsAndLooksAround(Mode mode) {
        try (VertxSession session = mode.connect("postgres")) {
            assertThat(session.connection().databaseMetadata().productName()).isEqualTo("PostgreSQL");
            assertThat(session.call("SELECT pg_backend_pid()"))
                    .isEqualTo(String.valueOf(session.connection().processId()));
            assertThat(session.call("SHOW application_name")).isEqualTo("driver test");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void readsWithParameters(Mode mode) {
        try (VertxSession session = mode.connect("postgres")) {
            for (int run = 0; run < 3; run++) {
                assertThat(session.call("SELECT pgclonedb.help()")).contains("create_database");
                assertThat(session.call("SELECT pgclonedb.help($1)", "drop_database"))
                        .contains("drop_database", "[enabled]");
                assertThat(session.call(
                                "SELECT value FROM pgclonedb.show_config() WHERE setting = $1", "min_free_bytes"))
                        .isEqualTo("0");
                session.call("SELECT pgclonedb.open_database($1)", APPLICATION.template());
                Row row = VertxSession.wait(session.rows(
                                "SELECT * FROM pgclonedb.get_audit_log($1, filter_operation := $2)",
                                1,
                                "open_database"))
                        .iterator()
                        .next();
                assertThat(row.getLong("id")).isPositive();
                assertThat(row.getOffsetDateTime("started_at")).isAfter(OffsetDateTime.parse("2026-01-01T00:00:00Z"));
                assertThat(row.getJsonObject("arguments").getString("dbname")).isEqualTo(APPLICATION.template());
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void clonesAndUsesTheClone(Mode mode) throws SQLException {
        try (VertxSession session = mode.connect("postgres")) {
            assertThat(session.call(
                            "SELECT pgclonedb.create_database(dbname := $1, template := $2)",
                            APPLICATION.copy(),
                            APPLICATION.template()))
                    .startsWith("database \"" + APPLICATION.copy() + "\" created");
            assertThat(APPLICATION.state(APPLICATION.copy())).isEqualTo("open");
            try (VertxSession clone = mode.connect(APPLICATION.copy())) {
                assertThat(clone.call("SELECT count(*) FROM things WHERE id <= $1", 99))
                        .isEqualTo("99");
            }
            assertThat(session.call("SELECT * FROM pgclonedb.drop_database($1, force := $2)", APPLICATION.copy(), true))
                    .isEqualTo("database \"" + APPLICATION.copy() + "\" dropped");
        }
        assertThat(APPLICATION.exists(APPLICATION.copy())).isFalse();
    }

    /** All are sent before the first is answered. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void answersAPipelineInOrder(Mode mode) throws SQLException {
        try (VertxSession session = mode.connect("postgres")) {
            List<Future<RowSet<Row>>> answers = new ArrayList<>();
            answers.add(session.rows("SELECT $1::text", "first"));
            answers.add(session.rows("SELECT pgclonedb.open_database($1)", APPLICATION.template()));
            answers.add(session.rows("SELECT pgclonedb.drop_database($1)", Application.OTHER_DATABASE));
            answers.add(session.rows("SELECT pgclonedb.close_database($1)", APPLICATION.template()));
            answers.add(session.rows("SELECT $1::text", "last"));
            List<String> texts = new ArrayList<>();
            for (Future<RowSet<Row>> answer : answers) {
                texts.add(VertxSession.wait(
                        answer.map(rows -> rows.iterator().next().getString(0))
                                .recover(error -> Future.succeededFuture(((PgException) error).getSqlState()))));
            }
            String template = "database \"" + APPLICATION.template() + "\" ";
            assertThat(texts).containsExactly("first", template + "opened", "42501", template + "closed", "last");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void runsABatchOfCalls(Mode mode) throws SQLException {
        try (VertxSession session = mode.connect("postgres")) {
            VertxSession.wait(session.connection()
                    .preparedQuery("SELECT pgclonedb.create_database($1, $2)")
                    .executeBatch(List.of(
                            Tuple.of(APPLICATION.copy(), APPLICATION.template()),
                            Tuple.of(APPLICATION.copy() + "_2", APPLICATION.template()))));
        }
        assertThat(APPLICATION.exists(APPLICATION.copy())).isTrue();
        assertThat(APPLICATION.exists(APPLICATION.copy() + "_2")).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void readsThroughACursor(Mode mode) throws SQLException {
        try (VertxSession session = mode.connect("postgres")) {
            Transaction transaction = VertxSession.wait(session.connection().begin());
            PreparedStatement open = VertxSession.wait(session.connection()
                    .prepare("SELECT name, pgclonedb.open_database(name) FROM unnest($1::text[]) AS name"));
            Cursor cursor = open.cursor(Tuple.of(new String[] {APPLICATION.template(), APPLICATION.slowTemplate()}));
            assertThat(VertxSession.wait(cursor.read(1)).size()).isEqualTo(1);
            assertThat(APPLICATION.state(APPLICATION.template())).isEqualTo("open");
            assertThat(APPLICATION.state(APPLICATION.slowTemplate())).isEqualTo("closed");
            assertThat(cursor.hasMore()).isTrue();
            VertxSession.wait(cursor.read(1));
            assertThat(APPLICATION.state(APPLICATION.slowTemplate())).isEqualTo("open");
            VertxSession.wait(cursor.close());
            VertxSession.wait(open.close());
            VertxSession.wait(transaction.commit());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void recoversFromARefusalInATransaction(Mode mode) throws SQLException {
        try (VertxSession session = mode.connect("postgres")) {
            session.call("SELECT 1");
            VertxSession.wait(session.rows("BEGIN"));
            PgException refusal = session.refusal("SELECT pgclonedb.drop_database($1)", Application.OTHER_DATABASE);
            assertThat(refusal.getSqlState()).isEqualTo("42501");
            assertThat(refusal.getErrorMessage()).contains("is out of scope for role");
            assertThat(refusal.getHint()).contains("In scope are");
            assertThat(session.refusal("SELECT pgclonedb.open_database($1)", APPLICATION.template())
                            .getSqlState())
                    .isEqualTo("25P02");
            VertxSession.wait(session.rows("ROLLBACK"));
            assertThat(APPLICATION.state(APPLICATION.template())).isEqualTo("closed");

            VertxSession.wait(session.rows("BEGIN"));
            VertxSession.wait(session.rows("CREATE TEMP TABLE kept AS SELECT 1 AS one"));
            VertxSession.wait(session.rows("SAVEPOINT before"));
            assertThat(session.refusal("SELECT pgclonedb.drop_database($1)", Application.OTHER_DATABASE)
                            .getSqlState())
                    .isEqualTo("42501");
            VertxSession.wait(session.rows("ROLLBACK TO SAVEPOINT before"));
            assertThat(session.call("SELECT pgclonedb.open_database($1)", APPLICATION.template()))
                    .endsWith(" opened");
            VertxSession.wait(session.rows("COMMIT"));
            assertThat(session.call("SELECT one FROM kept")).isEqualTo("1");
        }
        assertThat(APPLICATION.exists(Application.OTHER_DATABASE)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void tellsWhatIsWrongWithACall(Mode mode) {
        try (VertxSession session = mode.connect("postgres")) {
            String sql = "SELECT pgclonedb.creat_database($1, $2)";
            PgException unknown = session.refusal(sql, APPLICATION.copy(), APPLICATION.template());
            assertThat(unknown.getSqlState()).isEqualTo("42883");
            assertThat(unknown.getPosition()).isEqualTo(String.valueOf(sql.indexOf("pgclonedb") + 1));
            assertThat(unknown.getHint()).contains("pgclonedb.create_database");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void saysThatARollbackDoesNotUndoACall(Mode mode) throws SQLException {
        try (VertxSession session = mode.connect("postgres")) {
            Queue<PgNotice> notices = new ConcurrentLinkedQueue<>();
            session.connection().noticeHandler(notices::add);
            Transaction transaction = VertxSession.wait(session.connection().begin());
            session.call("SELECT pgclonedb.create_database($1, $2)", APPLICATION.copy(), APPLICATION.template());
            VertxSession.wait(transaction.rollback());
            assertThat(notices).extracting(PgNotice::getMessage).anyMatch(text -> text.contains("not undone"));
        }
        assertThat(APPLICATION.state(APPLICATION.copy())).isEqualTo("open");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void cancelsAClone(Mode mode) throws Exception {
        try (AutoCloseable blocker = APPLICATION.holdBackClones();
                VertxSession session = mode.connect("postgres")) {
            Future<RowSet<Row>> clone = session.rows(
                    "SELECT pgclonedb.create_database($1, $2)", APPLICATION.slowCopy(), APPLICATION.slowTemplate());
            APPLICATION.awaitSlowCopy();
            VertxSession.wait(session.connection().cancelRequest());
            assertThat(VertxSession.refusal(clone).getSqlState()).isEqualTo("57014");
            assertThat(APPLICATION.exists(APPLICATION.slowCopy())).isFalse();
            assertThat(session.call("SELECT pgclonedb.help()")).isNotEmpty();
            assertThat(blocker).isNotNull();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void endsACloneByTheTimeoutOfTheSession(Mode mode) throws Exception {
        try (AutoCloseable blocker = APPLICATION.holdBackClones();
                VertxSession session = mode.connect("postgres")) {
            VertxSession.wait(session.rows("SET statement_timeout = '1s'"));
            PgException error = session.refusal(
                    "SELECT pgclonedb.create_database($1, $2)", APPLICATION.slowCopy(), APPLICATION.slowTemplate());
            assertThat(error.getSqlState()).isEqualTo("57014");
            assertThat(APPLICATION.exists(APPLICATION.slowCopy())).isFalse();
            assertThat(blocker).isNotNull();
        }
    }
}
