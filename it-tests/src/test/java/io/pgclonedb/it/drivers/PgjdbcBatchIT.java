package io.pgclonedb.it.drivers;

import static io.pgclonedb.it.drivers.PgjdbcMode.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.BatchUpdateException;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Batches of pgjdbc and its {@code CALL}, in all its query modes and with autocommit on and off. */
@Tag("drivers")
class PgjdbcBatchIT {
    @RegisterExtension
    static final Application APPLICATION = Application.named("pgjdbc");

    static Stream<PgjdbcMode> modes() {
        return PgjdbcMode.all();
    }

    /** As any SELECT in a batch of this driver: the rows are dropped, the counts say nothing. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void runsABatchOfCallsAsAnyOther(PgjdbcMode mode) throws SQLException {
        try (Connection connection = mode.connect(APPLICATION, "postgres");
                PreparedStatement clone = connection.prepareStatement("SELECT pgclonedb.create_database(?, ?)")) {
            for (String target :
                    List.of(APPLICATION.copy(), Application.OTHER_DATABASE + "_2", APPLICATION.copy() + "_2")) {
                clone.setString(1, target);
                clone.setString(2, APPLICATION.template());
                clone.addBatch();
            }
            BatchUpdateException error = catchThrowableOfType(BatchUpdateException.class, clone::executeBatch);
            assertThat((Throwable) error).isNotNull();
            assertThat(error.getSQLState()).isEqualTo("42501");
            if (!mode.autoCommit()) {
                connection.rollback();
            }
            assertThat(APPLICATION.state(APPLICATION.copy())).isEqualTo("open");
            // in simple mode with autocommit on the driver has already sent what comes after the one that fails
            assertThat(APPLICATION.exists(APPLICATION.copy() + "_2")).isEqualTo(goesOnAfterAFailure(connection));
        }
    }

    private static boolean goesOnAfterAFailure(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO batch VALUES (? / ?)")) {
            statement.execute("CREATE TEMP TABLE batch (quotient integer)");
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
            for (int divisor : new int[] {1, 0, 2}) {
                insert.setInt(1, 2);
                insert.setInt(2, divisor);
                insert.addBatch();
            }
            BatchUpdateException error = catchThrowableOfType(BatchUpdateException.class, insert::executeBatch);
            assertThat(error.getSQLState()).isEqualTo("22012");
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            return call(connection, "SELECT EXISTS (SELECT FROM batch WHERE quotient = 1)")
                    .equals("t");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void insertsABatchOfWhatItReads(PgjdbcMode mode) throws SQLException {
        try (Connection connection = mode.connect(APPLICATION, "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE kept (setting text, value text)");
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO kept SELECT setting, value FROM pgclonedb.show_config() WHERE setting = ?")) {
                for (String setting : List.of("min_free_bytes", "audit_retention", "no such setting")) {
                    insert.setString(1, setting);
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).containsExactly(1, 1, 0);
            }
            assertThat(call(connection, "SELECT value FROM kept WHERE setting = ?", "min_free_bytes"))
                    .isEqualTo("0");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void takesTheCallStatement(PgjdbcMode mode) throws SQLException {
        Map<String, String> parameters = new HashMap<>(mode.parameters());
        parameters.put("escapeSyntaxCallMode", "call");
        try (Connection connection =
                        new PgjdbcMode(mode.name(), mode.autoCommit(), parameters).connect(APPLICATION, "postgres");
                CallableStatement open = connection.prepareCall("{call pgclonedb.open_database(?)}")) {
            for (int run = 0; run < 7; run++) {
                open.setString(1, APPLICATION.template());
                assertThat(open.execute()).isTrue();
                try (ResultSet row = open.getResultSet()) {
                    assertThat(row.next()).isTrue();
                    assertThat(row.getString("open_database")).contains(" open");
                }
            }
        }
    }
}
