package io.pgclonedb.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.ErrorDetails;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlException;
import io.r2dbc.postgresql.api.PostgresqlStatement;
import io.r2dbc.spi.ValidationDepth;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** r2dbc-postgresql: statements with values are prepared and pipelined, those without are simple queries. */
@Tag("drivers")
class R2dbcIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @RegisterExtension
    static final Application APPLICATION = Application.named("r2dbc");

    /** How a connection of the driver is set up. */
    record Mode(String name, UnaryOperator<PostgresqlConnectionConfiguration.Builder> settings) {
        Session connect(String database) {
            PostgresqlConnectionConfiguration configuration = settings.apply(PostgresqlConnectionConfiguration.builder()
                            .host(APPLICATION.proxy().host())
                            .port(APPLICATION.proxy().port())
                            .username(APPLICATION.admin())
                            .password(Application.PASSWORD)
                            .database(database)
                            .applicationName("driver test"))
                    .build();
            return new Session(wait(new PostgresqlConnectionFactory(configuration).create()));
        }

        private static <T> T wait(Mono<T> mono) {
            return mono.block(LIMIT);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Mode> modes() {
        return Stream.of(
                new Mode("defaults", settings -> settings),
                new Mode("no statement cache", settings -> settings.preparedStatementCacheQueries(0)),
                new Mode("binary", settings -> settings.forceBinary(true)),
                new Mode("fetch size 1", settings -> settings.fetchSize(1)),
                new Mode("compatibility mode", settings -> settings.compatibilityMode(true)));
    }

    /** A connection whose publishers are waited for. */
    record Session(PostgresqlConnection connection) implements AutoCloseable {
        <T> T wait(Mono<T> mono) {
            return mono.block(LIMIT);
        }

        Mono<List<String>> column(String sql, Object... values) {
            PostgresqlStatement statement = connection.createStatement(sql);
            for (int i = 0; i < values.length; i++) {
                statement.bind(i, values[i]);
            }
            return statement
                    .execute()
                    .concatMap(result -> result.map((row, metadata) -> String.valueOf(row.get(0))))
                    .collectList();
        }

        String call(String sql, Object... values) {
            List<String> answers = wait(column(sql, values));
            assertThat(answers).hasSize(1);
            return answers.get(0);
        }

        ErrorDetails refusal(String sql, Object... values) {
            return details(catchThrowable(() -> wait(column(sql, values))));
        }

        static ErrorDetails details(Throwable error) {
            assertThat(error).isInstanceOf(PostgresqlException.class);
            return ((PostgresqlException) error).getErrorDetails();
        }

        @Override
        public void close() {
            wait(connection.close());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void connectsAndLooksAround(Mode mode) {
        try (Session session = mode.connect("postgres")) {
            assertThat(session.connection().getMetadata().getDatabaseProductName())
                    .isEqualTo("PostgreSQL");
            assertThat(session.wait(session.connection().validate(ValidationDepth.REMOTE)))
                    .isTrue();
            assertThat(session.call("SELECT current_user::text")).isEqualTo(APPLICATION.admin());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void readsWithParameters(Mode mode) {
        try (Session session = mode.connect("postgres")) {
            for (int run = 0; run < 3; run++) {
                assertThat(session.call("SELECT pgclonedb.help()")).contains("create_database");
                assertThat(session.call("SELECT pgclonedb.help($1)", "drop_database"))
                        .contains("drop_database", "[enabled]");
                assertThat(session.call(
                                "SELECT value FROM pgclonedb.show_config() WHERE setting = $1", "min_free_bytes"))
                        .isEqualTo("0");
                session.call("SELECT pgclonedb.open_database($1)", APPLICATION.template());
                assertThat(session.call(
                                "SELECT target FROM pgclonedb.get_audit_log($1, filter_operation := $2)",
                                1,
                                "open_database"))
                        .isEqualTo(APPLICATION.template());
            }
            assertThat(session.wait(session.column("SELECT setting FROM pgclonedb.show_config()")))
                    .hasSizeGreaterThan(10);
            assertThat(session.wait(session.connection()
                            .createStatement("SELECT started_at FROM pgclonedb.get_audit_log($1)")
                            .bind(0, 1)
                            .execute()
                            .flatMap(result -> result.map((row, metadata) -> row.get(0, OffsetDateTime.class)))
                            .single()))
                    .isNotNull();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void clonesAndUsesTheClone(Mode mode) throws SQLException {
        try (Session session = mode.connect("postgres")) {
            assertThat(session.call(
                            "SELECT pgclonedb.create_database(dbname := $1, template := $2)",
                            APPLICATION.copy(),
                            APPLICATION.template()))
                    .startsWith("database \"" + APPLICATION.copy() + "\" created");
            assertThat(APPLICATION.state(APPLICATION.copy())).isEqualTo("open");
            try (Session clone = mode.connect(APPLICATION.copy())) {
                assertThat(clone.call("SELECT count(*)::text FROM things WHERE id <= $1", 99))
                        .isEqualTo("99");
            }
            assertThat(session.call("SELECT * FROM pgclonedb.drop_database($1, force := $2)", APPLICATION.copy(), true))
                    .isEqualTo("database \"" + APPLICATION.copy() + "\" dropped");
        }
        assertThat(APPLICATION.exists(APPLICATION.copy())).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void runsAStatementForSeveralSetsOfValues(Mode mode) throws SQLException {
        try (Session session = mode.connect("postgres")) {
            assertThat(session.wait(session.connection()
                            .createStatement("SELECT pgclonedb.create_database($1, $2)")
                            .bind(0, APPLICATION.copy())
                            .bind(1, APPLICATION.template())
                            .add()
                            .bind(0, APPLICATION.copy() + "_2")
                            .bind(1, APPLICATION.template())
                            .execute()
                            .concatMap(result -> result.map((row, metadata) -> row.get(0, String.class)))
                            .count()))
                    .isEqualTo(2);
        }
        assertThat(APPLICATION.exists(APPLICATION.copy())).isTrue();
        assertThat(APPLICATION.exists(APPLICATION.copy() + "_2")).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void recoversFromARefusalInATransaction(Mode mode) throws SQLException {
        try (Session session = mode.connect("postgres")) {
            PostgresqlConnection connection = session.connection();
            session.wait(connection.beginTransaction());
            ErrorDetails refusal = session.refusal("SELECT pgclonedb.drop_database($1)", Application.OTHER_DATABASE);
            assertThat(refusal.getCode()).isEqualTo("42501");
            assertThat(refusal.getMessage()).contains("is out of scope for role");
            assertThat(refusal.getHint().orElseThrow()).contains("In scope are");
            assertThat(session.refusal("SELECT pgclonedb.open_database($1)", APPLICATION.template())
                            .getCode())
                    .isEqualTo("25P02");
            session.wait(connection.rollbackTransaction());
            assertThat(APPLICATION.state(APPLICATION.template())).isEqualTo("closed");

            session.wait(connection.beginTransaction());
            session.wait(session.column("CREATE TEMP TABLE kept AS SELECT 1 AS one"));
            session.wait(connection.createSavepoint("before"));
            assertThat(session.refusal("SELECT pgclonedb.drop_database($1)", Application.OTHER_DATABASE)
                            .getCode())
                    .isEqualTo("42501");
            session.wait(connection.rollbackTransactionToSavepoint("before"));
            assertThat(session.call("SELECT pgclonedb.open_database($1)", APPLICATION.template()))
                    .endsWith(" opened");
            session.wait(connection.commitTransaction());
            assertThat(session.call("SELECT one FROM kept")).isEqualTo("1");
        }
        assertThat(APPLICATION.exists(Application.OTHER_DATABASE)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void tellsWhatIsWrongWithACall(Mode mode) {
        try (Session session = mode.connect("postgres")) {
            String sql = "SELECT pgclonedb.creat_database($1, $2)";
            ErrorDetails unknown = session.refusal(sql, APPLICATION.copy(), APPLICATION.template());
            assertThat(unknown.getCode()).isEqualTo("42883");
            assertThat(unknown.getPosition()).contains(String.valueOf(sql.indexOf("pgclonedb") + 1));
            assertThat(unknown.getHint().orElseThrow()).contains("pgclonedb.create_database");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void keepsWhatARollbackDoesNotUndo(Mode mode) throws SQLException {
        try (Session session = mode.connect("postgres")) {
            session.wait(session.connection().setAutoCommit(false));
            session.call("SELECT pgclonedb.create_database($1, $2)", APPLICATION.copy(), APPLICATION.template());
            session.wait(session.connection().rollbackTransaction());
        }
        assertThat(APPLICATION.state(APPLICATION.copy())).isEqualTo("open");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void cancelsAClone(Mode mode) throws Exception {
        try (AutoCloseable blocker = APPLICATION.holdBackClones();
                Session session = mode.connect("postgres")) {
            CompletableFuture<List<String>> clone = session.column(
                            "SELECT pgclonedb.create_database($1, $2)",
                            APPLICATION.slowCopy(),
                            APPLICATION.slowTemplate())
                    .toFuture();
            APPLICATION.awaitSlowCopy();
            session.wait(session.connection().cancelRequest());
            assertThat(Session.details(catchThrowable(clone::join).getCause()).getCode())
                    .isEqualTo("57014");
            assertThat(APPLICATION.exists(APPLICATION.slowCopy())).isFalse();
            assertThat(session.call("SELECT pgclonedb.help()")).isNotEmpty();
            assertThat(blocker).isNotNull();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void endsACloneByTheTimeoutOfTheDriver(Mode mode) throws Exception {
        try (AutoCloseable blocker = APPLICATION.holdBackClones();
                Session session = mode.connect("postgres")) {
            session.wait(session.connection().setStatementTimeout(Duration.ofSeconds(1)));
            ErrorDetails error = session.refusal(
                    "SELECT pgclonedb.create_database($1, $2)", APPLICATION.slowCopy(), APPLICATION.slowTemplate());
            assertThat(error.getCode()).isEqualTo("57014");
            assertThat(error.getMessage()).isEqualTo("canceling statement due to statement timeout");
            assertThat(APPLICATION.exists(APPLICATION.slowCopy())).isFalse();
            assertThat(blocker).isNotNull();
        }
    }
}
