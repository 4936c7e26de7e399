package io.pgclonedb.it.passthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgclonedb.it.proxy.ProxyUnderTest;
import io.pgclonedb.it.server.PostgresServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.postgresql.copy.CopyManager;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

class JdbcPassThroughIT {
    /** How a connection of the driver is set up. */
    record Mode(boolean autoCommit, Map<String, String> parameters) {
        Connection connect() throws SQLException {
            Connection connection = ProxyUnderTest.shared()
                    .endpoint()
                    .connect("postgres", PostgresServer.SUPERUSER, PostgresServer.PASSWORD, parameters);
            connection.setAutoCommit(autoCommit);
            return connection;
        }
    }

    private static final Mode DEFAULT = new Mode(true, Map.of());

    static Stream<Mode> modes() {
        return Stream.of(
                        Map.of("prepareThreshold", "0"),
                        Map.of("prepareThreshold", "1"),
                        Map.of("prepareThreshold", "5"),
                        Map.of("prepareThreshold", "-1"),
                        Map.of("preferQueryMode", "simple"),
                        Map.of("preferQueryMode", "extendedForPrepared"),
                        Map.of("preferQueryMode", "extendedCacheEverything"),
                        Map.of("binaryTransfer", "false", "reWriteBatchedInserts", "true"))
                .flatMap(parameters -> Stream.of(new Mode(true, parameters), new Mode(false, parameters)));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void runsStatementsAndBatches(Mode mode) throws SQLException {
        try (Connection connection = mode.connect();
                Statement statement = connection.createStatement()) {
            // given
            statement.execute("CREATE TEMP TABLE t (id int GENERATED ALWAYS AS IDENTITY, a int, b text)");
            // when
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO t (a, b) VALUES (?, ?)", new String[] {"id"})) {
                for (int i = 1; i <= 20; i++) {
                    insert.setInt(1, i);
                    insert.setString(2, i % 3 == 0 ? null : "ä" + i);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            // then
            for (int i = 0; i < 7; i++) {
                try (PreparedStatement select =
                        connection.prepareStatement("SELECT a, b FROM t WHERE a > ? AND b LIKE ? ORDER BY a")) {
                    select.setInt(1, 10 + i);
                    select.setString(2, "ä%");
                    try (ResultSet rows = select.executeQuery()) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getString(2)).isEqualTo("ä" + rows.getInt(1));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("modes")
    void goesOnAfterAnError(Mode mode) throws SQLException {
        try (Connection connection = mode.connect();
                Statement statement = connection.createStatement()) {
            // when
            assertThatThrownBy(() -> statement.execute("SELECT 1/0"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            error -> assertThat(error.getSQLState()).isEqualTo("22012"));
            // then
            if (!mode.autoCommit()) {
                assertThatThrownBy(() -> statement.execute("SELECT 1"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                error -> assertThat(error.getSQLState()).isEqualTo("25P02"));
                connection.rollback();
            }
            assertThat(statement.execute("SELECT 1")).isTrue();
        }
    }

    @Test
    void rollsBackToASavepoint() throws SQLException {
        try (Connection connection = new Mode(false, Map.of("autosave", "always")).connect();
                Statement statement = connection.createStatement()) {
            // given
            statement.execute("CREATE TEMP TABLE t (a int)");
            Savepoint savepoint = connection.setSavepoint();
            statement.execute("INSERT INTO t VALUES (1)");
            // when
            connection.rollback(savepoint);
            assertThatThrownBy(() -> statement.execute("SELEC")).isInstanceOf(SQLException.class);
            // then
            assertThat(firstColumn(statement, "SELECT count(*) FROM t")).containsExactly("0");
        }
    }

    @Test
    void fetchesInPieces() throws SQLException {
        try (Connection connection = new Mode(false, Map.of()).connect();
                Statement statement = connection.createStatement()) {
            statement.setFetchSize(7);
            assertThat(firstColumn(statement, "SELECT generate_series(1, 50)"))
                    .hasSize(50)
                    .endsWith("49", "50");
        }
    }

    @Test
    void copiesBothWays() throws SQLException, IOException {
        try (Connection connection = DEFAULT.connect();
                Statement statement = connection.createStatement()) {
            // given
            statement.execute("CREATE TEMP TABLE t (a int, b text)");
            CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
            byte[] rows = "1\tone\n2\ttwo\n".getBytes(StandardCharsets.UTF_8);
            // when
            long copied = copy.copyIn("COPY t FROM STDIN", new ByteArrayInputStream(rows));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            copy.copyOut("COPY t TO STDOUT", out);
            // then
            assertThat(copied).isEqualTo(2);
            assertThat(out.toByteArray()).isEqualTo(rows);
        }
    }

    @Test
    void cancelsAQueryThatTakesTooLong() throws SQLException {
        try (Connection connection = DEFAULT.connect();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(60)"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            error -> assertThat(error.getSQLState()).isEqualTo("57014"));
            statement.setQueryTimeout(0);
            assertThat(statement.execute("SELECT 1")).isTrue();
        }
    }

    @Test
    void listens() throws SQLException {
        try (Connection listener = DEFAULT.connect();
                Connection notifier = DEFAULT.connect()) {
            // given
            try (Statement listen = listener.createStatement()) {
                listen.execute("LISTEN pass_through");
            }
            // when
            try (Statement notify = notifier.createStatement()) {
                notify.execute("NOTIFY pass_through, 'hello'");
            }
            PGNotification[] notifications = listener.unwrap(PGConnection.class).getNotifications(20_000);
            // then
            assertThat(notifications).extracting(PGNotification::getParameter).containsExactly("hello");
            assertThat(notifications)
                    .extracting(PGNotification::getPID)
                    .containsExactly(notifier.unwrap(PGConnection.class).getBackendPID());
        }
    }

    @Test
    void readsAndWritesLargeObjects() throws SQLException {
        try (Connection connection = new Mode(false, Map.of()).connect()) {
            // given
            LargeObjectManager objects = connection.unwrap(PGConnection.class).getLargeObjectAPI();
            byte[] content = "0123456789".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
            // when
            long oid = objects.createLO();
            try (LargeObject object = objects.open(oid)) {
                object.write(content);
                object.seek(0);
                // then
                assertThat(object.read(content.length)).isEqualTo(content);
            }
            connection.rollback();
        }
    }

    @Test
    void readsTheCatalogs() throws SQLException {
        try (Connection connection = DEFAULT.connect();
                ResultSet columns = connection.getMetaData().getColumns(null, "pg_catalog", "pg_class", "rel%")) {
            assertThat(columns.next()).isTrue();
            assertThat(columns.getString("COLUMN_NAME")).startsWith("rel");
        }
    }

    private static List<String> firstColumn(Statement statement, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
