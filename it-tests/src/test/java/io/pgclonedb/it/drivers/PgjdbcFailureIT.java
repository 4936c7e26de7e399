package io.pgclonedb.it.drivers;

import static io.pgclonedb.it.drivers.PgjdbcMode.call;
import static io.pgclonedb.it.drivers.PgjdbcMode.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.util.ServerErrorMessage;

/** How pgjdbc shows what is refused, undone and cancelled, in all its query modes and with autocommit on and off. */
@Tag("drivers")
class PgjdbcFailureIT {
    @RegisterExtension
    static final Application APPLICATION = Application.named("pgjdbc");

    static Stream<PgjdbcMode> modes() {
        return PgjdbcMode.all();
    }

    static Stream<PgjdbcMode> extendedModesInTransactions() {
        return PgjdbcMode.all().filter(mode -> !mode.autoCommit() && !mode.simple());
    }

    static Stream<PgjdbcMode> fewModes() {
        return PgjdbcMode.few();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void recoversFromARefusalInATransaction(PgjdbcMode mode) throws SQLException {
        try (Connection connection = mode.connect(APPLICATION, "postgres");
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int run = 0; run < 3; run++) {
                ServerErrorMessage refusal =
                        refusal(connection, "SELECT pgclonedb.drop_database(?)", Application.OTHER_DATABASE);
                assertThat(refusal.getSQLState()).isEqualTo("42501");
                assertThat(refusal.getSeverity()).isEqualTo("ERROR");
                assertThat(refusal.getMessage())
                        .isEqualTo("database \"" + Application.OTHER_DATABASE + "\" is out of scope for role \""
                                + APPLICATION.admin() + "\"");
                assertThat(refusal.getHint()).contains("In scope are");
                assertThat(refusal(connection, "SELECT pgclonedb.open_database(?)", APPLICATION.template())
                                .getSQLState())
                        .isEqualTo("25P02");
                assertThat(refusal(connection, "SELECT pgclonedb.help()").getSQLState())
                        .isEqualTo("25P02");
                connection.rollback();
                assertThat(APPLICATION.state(APPLICATION.template())).isEqualTo("closed");
            }
            // and with a savepoint what came before survives
            statement.execute("CREATE TEMP TABLE kept AS SELECT 1 AS one");
            Savepoint before = connection.setSavepoint("before");
            assertThat(refusal(connection, "SELECT pgclonedb.drop_database(?)", Application.OTHER_DATABASE)
                            .getSQLState())
                    .isEqualTo("42501");
            connection.rollback(before);
            assertThat(call(connection, "SELECT one FROM kept")).isEqualTo("1");
            assertThat(call(connection, "SELECT pgclonedb.open_database(?)", APPLICATION.template()))
                    .contains(" open");
            connection.commit();
            assertThat(call(connection, "SELECT one FROM kept")).isEqualTo("1");
        }
        assertThat(APPLICATION.exists(Application.OTHER_DATABASE)).isTrue();
    }

    /** The driver sets a savepoint before each statement by itself, and goes back to it. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("extendedModesInTransactions")
    void recoversByTheSavepointsOfTheDriver(PgjdbcMode mode) throws SQLException {
        try (Connection connection = new PgjdbcMode(
                                mode.name(),
                                false,
                                Map.of(
                                        "autosave",
                                        "always",
                                        "prepareThreshold",
                                        mode.parameters().getOrDefault("prepareThreshold", "5")))
                        .connect(APPLICATION, "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE kept AS SELECT 1 AS one");
            assertThat(refusal(connection, "SELECT pgclonedb.drop_database(?)", Application.OTHER_DATABASE)
                            .getSQLState())
                    .isEqualTo("42501");
            assertThat(call(connection, "SELECT pgclonedb.open_database(?)", APPLICATION.template()))
                    .contains(" open");
            assertThat(call(connection, "SELECT one FROM kept")).isEqualTo("1");
            connection.commit();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void tellsWhatIsWrongWithACall(PgjdbcMode mode) throws SQLException {
        try (Connection connection = mode.connect(APPLICATION, "postgres")) {
            connection.setAutoCommit(true);
            String sql = "SELECT pgclonedb.creat_database(?, ?)";
            ServerErrorMessage unknown = refusal(connection, sql, APPLICATION.copy(), APPLICATION.template());
            assertThat(unknown.getSQLState()).isEqualTo("42883");
            assertThat(unknown.getPosition()).isEqualTo(sql.indexOf("pgclonedb") + 1);
            assertThat(unknown.getHint()).contains("pgclonedb.create_database");
            ServerErrorMessage disabled = refusal(connection, "SELECT pgclonedb.drop_role(?)", "somebody");
            assertThat(disabled.getSQLState()).isEqualTo("42501");
            assertThat(disabled.getHint()).contains("pgclonedb.configure");
            ServerErrorMessage missing =
                    refusal(connection, "SELECT pgclonedb.create_database(?, ?)", APPLICATION.copy(), "no_such");
            assertThat(missing.getSQLState()).isIn("3D000", "42501");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void saysThatARollbackDoesNotUndoACall(PgjdbcMode mode) throws SQLException {
        try (Connection connection = mode.connect(APPLICATION, "postgres")) {
            connection.setAutoCommit(false);
            try (PreparedStatement clone = connection.prepareStatement("SELECT pgclonedb.create_database(?, ?)")) {
                clone.setString(1, APPLICATION.copy());
                clone.setString(2, APPLICATION.template());
                clone.execute();
                SQLWarning notice = clone.getWarnings();
                assertThat((Throwable) notice).isNotNull();
                assertThat(notice.getMessage()).contains("is not undone by a rollback");
            }
            connection.rollback();
        }
        assertThat(APPLICATION.state(APPLICATION.copy())).isEqualTo("open");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void cancelsAClone(PgjdbcMode mode) throws Exception {
        try (Connection blocker = APPLICATION.holdBackClones();
                Connection connection = mode.connect(APPLICATION, "postgres");
                PreparedStatement clone = connection.prepareStatement("SELECT pgclonedb.create_database(?, ?)")) {
            clone.setString(1, APPLICATION.slowCopy());
            clone.setString(2, APPLICATION.slowTemplate());
            CompletableFuture<SQLException> ended =
                    CompletableFuture.supplyAsync(() -> catchThrowableOfType(SQLException.class, clone::executeQuery));
            APPLICATION.awaitSlowCopy();
            clone.cancel();
            SQLException error = ended.get();
            assertThat(error.getSQLState()).isEqualTo("57014");
            assertThat(error.getMessage()).contains("canceling statement due to user request");
            assertThat(APPLICATION.exists(APPLICATION.slowCopy())).isFalse();
            if (!mode.autoCommit()) {
                assertThat(refusal(connection, "SELECT 1").getSQLState()).isEqualTo("25P02");
                connection.rollback();
            }
            assertThat(call(connection, "SELECT pgclonedb.help()")).isNotEmpty();
            blocker.rollback();
        }
        assertThat(APPLICATION.state(APPLICATION.slowTemplate())).isEqualTo("closed");
        assertThat(APPLICATION.audit(1)).containsExactly("create_database " + APPLICATION.slowCopy() + " failed 57014");
    }

    /** While the call runs, not when it has ended. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("fewModes")
    void hearsHowFarACloneIs(PgjdbcMode mode) throws Exception {
        try (Connection blocker = APPLICATION.holdBackClones();
                Connection connection = mode.connect(APPLICATION, "postgres");
                PreparedStatement clone = connection.prepareStatement("SELECT pgclonedb.create_database(?, ?)")) {
            clone.setString(1, APPLICATION.slowCopy());
            clone.setString(2, APPLICATION.slowTemplate());
            CompletableFuture<SQLException> ended =
                    CompletableFuture.supplyAsync(() -> catchThrowableOfType(SQLException.class, clone::executeQuery));
            Application.await(() -> isInProgress(clone));
            assertThat(ended).isNotDone();
            blocker.rollback();
            assertThat((Throwable) ended.get()).isNull();
        }
        assertThat(APPLICATION.state(APPLICATION.slowCopy())).isEqualTo("open");
    }

    private static boolean isInProgress(Statement statement) throws SQLException {
        for (SQLWarning notice = statement.getWarnings(); notice != null; notice = notice.getNextWarning()) {
            if (String.valueOf(notice.getMessage()).startsWith("cloning into")) {
                return true;
            }
        }
        return false;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fewModes")
    void endsACloneByTheTimeoutOfTheDriver(PgjdbcMode mode) throws Exception {
        try (Connection blocker = APPLICATION.holdBackClones();
                Connection connection = mode.connect(APPLICATION, "postgres");
                PreparedStatement clone = connection.prepareStatement("SELECT pgclonedb.create_database(?, ?)")) {
            clone.setString(1, APPLICATION.slowCopy());
            clone.setString(2, APPLICATION.slowTemplate());
            clone.setQueryTimeout(1);
            SQLException error = catchThrowableOfType(SQLException.class, clone::executeQuery);
            assertThat(error.getSQLState()).isEqualTo("57014");
            assertThat(APPLICATION.exists(APPLICATION.slowCopy())).isFalse();
            blocker.rollback();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("fewModes")
    void endsACloneByTheTimeoutOfTheSession(PgjdbcMode mode) throws Exception {
        try (Connection blocker = APPLICATION.holdBackClones();
                Connection connection = mode.connect(APPLICATION, "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = '1s'");
            ServerErrorMessage error = refusal(
                    connection,
                    "SELECT pgclonedb.create_database(?, ?)",
                    APPLICATION.slowCopy(),
                    APPLICATION.slowTemplate());
            assertThat(error.getSQLState()).isEqualTo("57014");
            assertThat(error.getMessage()).isEqualTo("canceling statement due to statement timeout");
            assertThat(APPLICATION.exists(APPLICATION.slowCopy())).isFalse();
            blocker.rollback();
        }
    }
}
