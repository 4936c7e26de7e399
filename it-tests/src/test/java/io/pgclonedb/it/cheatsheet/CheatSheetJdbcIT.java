package io.pgclonedb.it.cheatsheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What applications send through pgjdbc, whichever protocol it speaks and whether it opens transactions or not. */
class CheatSheetJdbcIT {
    /** How a connection of the driver is set up. */
    record Mode(boolean autoCommit, Map<String, String> parameters) {
        Connection connect() throws SQLException {
            Connection connection = MyApp.proxy().connect("postgres", MyApp.ADMIN, MyApp.PASSWORD, parameters);
            connection.setAutoCommit(autoCommit);
            return connection;
        }
    }

    static Stream<Mode> modes() {
        return Stream.of(
                        Map.of("prepareThreshold", "0"),
                        Map.of("prepareThreshold", "1"),
                        Map.of("prepareThreshold", "5"),
                        Map.of("preferQueryMode", "simple"),
                        Map.of("preferQueryMode", "extendedForPrepared"),
                        Map.of("preferQueryMode", "extendedCacheEverything"))
                .flatMap(parameters -> Stream.of(new Mode(true, parameters), new Mode(false, parameters)));
    }

    @BeforeAll
    static void prepare() throws SQLException {
        MyApp.prepare();
    }

    @BeforeEach
    void reset() throws SQLException {
        MyApp.reset();
    }

    /** The one text of a call's answer. */
    private static String call(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                assertThat(row.getMetaData().getColumnCount()).isEqualTo(1);
                assertThat(row.getMetaData().getColumnTypeName(1)).isEqualTo("text");
                assertThat(row.next()).isTrue();
                String answer = row.getString(1);
                assertThat(row.next()).isFalse();
                return answer;
            }
        }
    }

    private static void assertRefused(String sqlState, Connection connection, String sql, Object... values) {
        assertThatThrownBy(() -> call(connection, sql, values))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        error -> assertThat(error.getSQLState()).isEqualTo(sqlState));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void runsTheCheatSheet(Mode mode) throws SQLException {
        try (Connection connection = mode.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : List.of(
                    "SELECT pgclonedb.open_database('myapp_source')",
                    "SELECT pgclonedb.close_database('myapp_source')",
                    "SELECT pgclonedb.create_database('myapp_dev', 'myapp_source')")) {
                try (ResultSet row = statement.executeQuery(sql)) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getString(1)).startsWith("database \"myapp_");
                }
            }
            assertThat(MyApp.state(MyApp.TEMPLATE)).isEqualTo("closed");
            assertThat(MyApp.state(MyApp.CLONE)).isEqualTo("open");

            List<String> recent = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery("SELECT * FROM pgclonedb.get_audit_log(max_rows := 3)")) {
                while (rows.next()) {
                    recent.add(rows.getString("operation") + " " + rows.getString("target") + " "
                            + rows.getString("outcome"));
                }
            }
            assertThat(recent)
                    .containsExactly(
                            "create_database myapp_dev succeeded",
                            "close_database myapp_source succeeded",
                            "open_database myapp_source succeeded");

            try (ResultSet row = statement.executeQuery("SELECT pgclonedb.drop_database('myapp_dev')")) {
                assertThat(row.next()).isTrue();
            }
            assertThat(MyApp.exists(MyApp.CLONE)).isFalse();
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    void takesBoundParametersHoweverTheyArePassed(Mode mode) throws SQLException {
        try (Connection connection = mode.connect()) {
            for (String close : List.of(
                    "SELECT pgclonedb.close_database(?, ?)",
                    "SELECT pgclonedb.close_database(dbname := ?, terminate_backends := ?)",
                    "SELECT pgclonedb.close_database(dbname => ?, terminate_backends => ?)",
                    "SELECT pgclonedb.close_database(?, terminate_backends := ?)",
                    "SELECT * FROM pgclonedb.close_database(?, ?)",
                    "SELECT * FROM pgclonedb.close_database(dbname := ?, terminate_backends => ?) AS answer")) {
                assertThat(call(connection, "SELECT pgclonedb.open_database(?)", MyApp.TEMPLATE))
                        .isEqualTo("database \"myapp_source\" opened");
                assertThat(call(connection, close, MyApp.TEMPLATE, false))
                        .startsWith("database \"myapp_source\" closed");
            }
            assertThat(MyApp.state(MyApp.TEMPLATE)).isEqualTo("closed");
        }
    }

    @Test
    void clonesWithNamedParametersFromASetReturningCall() throws SQLException {
        try (Connection connection = MyApp.connect()) {
            assertThat(call(
                            connection,
                            "SELECT * FROM pgclonedb.create_database(template := ?, dbname := ?, owner := ?)",
                            MyApp.TEMPLATE,
                            MyApp.CLONE,
                            "myapp_app"))
                    .startsWith("database \"myapp_dev\" created from \"myapp_source\"");
            assertThat(MyApp.state(MyApp.CLONE)).isEqualTo("open");
        }
    }

    /** After a few runs the driver switches to a statement that the server keeps. */
    @ParameterizedTest
    @MethodSource("modes")
    void runsAPreparedCallAgainAndAgain(Mode mode) throws SQLException {
        try (Connection connection = mode.connect();
                PreparedStatement open = connection.prepareStatement("SELECT pgclonedb.open_database(?)");
                PreparedStatement close = connection.prepareStatement("SELECT pgclonedb.close_database(dbname := ?)")) {
            for (int i = 0; i < 7; i++) {
                for (PreparedStatement statement : List.of(open, close)) {
                    statement.setString(1, MyApp.TEMPLATE);
                    try (ResultSet row = statement.executeQuery()) {
                        assertThat(row.next()).isTrue();
                        assertThat(row.getString(1))
                                .startsWith("database \"myapp_source\" " + (statement == open ? "opened" : "closed"));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    void takesTheCallSyntaxOfJdbc(Mode mode) throws SQLException {
        try (Connection connection = mode.connect()) {
            callWithResult(connection, mode.parameters().containsValue("simple"));
            try (CallableStatement close = connection.prepareCall("{call pgclonedb.close_database(?)}")) {
                close.setString(1, MyApp.TEMPLATE);
                assertThat(close.execute()).isTrue();
                try (ResultSet row = close.getResultSet()) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getString(1)).startsWith("database \"myapp_source\" ");
                }
            }
        }
    }

    /** In its simple mode the driver sends the place of the result as one more argument, to any function. */
    private static void callWithResult(Connection connection, boolean simple) throws SQLException {
        try (CallableStatement open = connection.prepareCall("{? = call pgclonedb.open_database(?)}")) {
            open.registerOutParameter(1, Types.VARCHAR);
            open.setString(2, MyApp.TEMPLATE);
            if (simple) {
                assertThatThrownBy(open::execute)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                error -> assertThat(error.getSQLState()).isEqualTo("42883"));
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
            } else {
                open.execute();
                assertThat(open.getString(1)).isEqualTo("database \"myapp_source\" opened");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    void goesOnAfterARefusal(Mode mode) throws SQLException {
        try (Connection connection = mode.connect()) {
            for (int i = 0; i < 3; i++) {
                // when
                assertRefused("42501", connection, "SELECT pgclonedb.drop_database(?)", "other_db");
                // then
                if (!mode.autoCommit()) {
                    assertRefused("25P02", connection, "SELECT pgclonedb.open_database(?)", MyApp.TEMPLATE);
                    assertRefused("25P02", connection, "SELECT 'x'::text");
                    assertThat(MyApp.state(MyApp.TEMPLATE)).isEqualTo("closed");
                    connection.rollback();
                }
                assertThat(call(connection, "SELECT 'x'::text")).isEqualTo("x");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    void takesARefusalBackToASavepoint(Mode mode) throws SQLException {
        try (Connection connection = mode.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            statement.execute("CREATE TEMP TABLE kept AS SELECT 1");
            statement.execute("SAVEPOINT before");
            assertRefused("3D000", connection, "SELECT pgclonedb.create_database('myapp_dev', ?)", "myapp_none");
            statement.execute("ROLLBACK TO SAVEPOINT before");
            assertThat(call(connection, "SELECT count(*)::text FROM kept")).isEqualTo("1");
            statement.execute("COMMIT");
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    void refusesWithPostgresSqlStates(Mode mode) throws SQLException {
        Map<String, String> refusals = Map.of(
                "SELECT pgclonedb.create_database('myapp_source', 'myapp_source')", "42P04",
                "SELECT pgclonedb.create_database('myapp_dev', 'myapp_none')", "3D000",
                "SELECT pgclonedb.create_database('myapp_dev')", "42883",
                "SELECT pgclonedb.no_such_function()", "42883",
                "SELECT pgclonedb.create_database(dbname := 'myapp_dev', 'myapp_source')", "42601",
                "SELECT pgclonedb.drop_database(NULL)", "22004",
                "SELECT pgclonedb.drop_database('postgres')", "42501",
                "SELECT pgclonedb.drop_database('myapp_none')", "3D000",
                "SELECT upper(pgclonedb.open_database('myapp_source'))", "0A000",
                "SELECT pgclonedb.create_role('myapp_new')", "42501");
        try (Connection connection = mode.connect()) {
            for (var refusal : refusals.entrySet()) {
                assertRefused(refusal.getValue(), connection, refusal.getKey());
                if (!mode.autoCommit()) {
                    connection.rollback();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    void readsHelpConfigurationAndAudit(Mode mode) throws SQLException {
        try (Connection connection = mode.connect();
                Statement statement = connection.createStatement()) {
            assertThat(call(connection, "SELECT pgclonedb.help()")).contains("create_database");
            assertThat(call(connection, "SELECT pgclonedb.help(?)", "drop_database"))
                    .contains("drop_database");
            try (ResultSet rows = statement.executeQuery(
                    "SELECT value FROM pgclonedb.show_config() WHERE setting = 'min_free_bytes'")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("0");
            }
            try (PreparedStatement audit = connection.prepareStatement(
                    "SELECT id, started_at, arguments FROM pgclonedb.get_audit_log(?, filter_operation => ?) ORDER BY id")) {
                for (int i = 0; i < 7; i++) {
                    audit.setInt(1, 3);
                    audit.setString(2, "open_database");
                    try (ResultSet rows = audit.executeQuery()) {
                        long last = 0;
                        while (rows.next()) {
                            assertThat(rows.getLong(1)).isGreaterThan(last);
                            assertThat(rows.getTimestamp(2)).isNotNull();
                            last = rows.getLong(1);
                        }
                    }
                }
            }
        }
    }
}
