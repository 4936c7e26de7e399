package io.pgclonedb.it.drivers;

import static io.pgclonedb.it.drivers.PgjdbcMode.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is called through pgjdbc, in all its query modes and with autocommit on and off. */
@Tag("drivers")
class PgjdbcCallIT {
    @RegisterExtension
    static final Application APPLICATION = Application.named("pgjdbc");

    static Stream<PgjdbcMode> modes() {
        return PgjdbcMode.all();
    }

    static Stream<PgjdbcMode> extendedModesInTransactions() {
        return PgjdbcMode.all().filter(mode -> !mode.autoCommit() && !mode.simple());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void connectsAndLooksAround(PgjdbcMode mode) throws SQLException {
        try (Connection connection = mode.connect(APPLICATION, "postgres")) {
            DatabaseMetaData metaData = connection.getMetaData();
            assertThat(metaData.getDatabaseProductName()).isEqualTo("PostgreSQL");
            assertThat(metaData.getUserName()).isEqualTo(APPLICATION.admin());
            try (ResultSet functions = metaData.getFunctions(null, "pg_catalog", "pg_backend_pid")) {
                assertThat(functions.next()).isTrue();
            }
            connection.setClientInfo("ApplicationName", "driver test");
            assertThat(call(connection, "SHOW application_name")).isEqualTo("driver test");
            assertThat(connection.isValid(10)).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void readsWithParameters(PgjdbcMode mode) throws SQLException {
        try (Connection connection = mode.connect(APPLICATION, "postgres")) {
            // more often than the driver's threshold for statements that the server keeps
            for (int run = 0; run < 7; run++) {
                assertThat(call(connection, "SELECT pgclonedb.help(?)", "drop_database"))
                        .contains("drop_database", "[enabled]");
                assertThat(call(
                                connection,
                                "SELECT value FROM pgclonedb.show_config() WHERE setting = ?",
                                "min_free_bytes"))
                        .isEqualTo("0");
                assertThat(call(
                                connection,
                                "SELECT count(*) FROM pgclonedb.get_audit_log(?, filter_operation := ?)",
                                5,
                                "no such operation"))
                        .isEqualTo("0");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void readsTypedColumnsOfTheAudit(PgjdbcMode mode) throws SQLException {
        try (Connection connection = mode.connect(APPLICATION, "postgres")) {
            call(connection, "SELECT pgclonedb.open_database(?)", APPLICATION.template());
            for (int run = 0; run < 7; run++) {
                try (PreparedStatement statement =
                        connection.prepareStatement("SELECT * FROM pgclonedb.get_audit_log(max_rows := ?)")) {
                    statement.setInt(1, 1);
                    try (ResultSet row = statement.executeQuery()) {
                        assertThat(row.next()).isTrue();
                        assertThat(row.getLong("id")).isPositive();
                        assertThat(row.getTimestamp("finished_at")).isAfterOrEqualTo(row.getTimestamp("started_at"));
                        assertThat(row.getString("caller")).isEqualTo(APPLICATION.admin());
                        assertThat(row.getString("target")).isEqualTo(APPLICATION.template());
                        assertThat(row.getString("arguments")).contains(APPLICATION.template());
                        assertThat(row.getMetaData().getColumnTypeName(7)).isEqualTo("jsonb");
                        assertThat(row.next()).isFalse();
                    }
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void clonesAndUsesTheClone(PgjdbcMode mode) throws SQLException {
        try (Connection connection = mode.connect(APPLICATION, "postgres")) {
            assertThat(call(
                            connection,
                            "SELECT pgclonedb.create_database(dbname := ?, template := ?)",
                            APPLICATION.copy(),
                            APPLICATION.template()))
                    .startsWith("database \"" + APPLICATION.copy() + "\" created from \"" + APPLICATION.template());
            try (Connection clone = mode.connect(APPLICATION, APPLICATION.copy())) {
                assertThat(call(clone, "SELECT count(*) FROM things WHERE id <= ?", 99))
                        .isEqualTo("99");
                try (ResultSet columns = clone.getMetaData().getColumns(null, "public", "things", "%")) {
                    assertThat(columns.next()).isTrue();
                    assertThat(columns.getString("COLUMN_NAME")).isEqualTo("id");
                }
            }
            assertThat(APPLICATION.state(APPLICATION.copy())).isEqualTo("open");
            assertThat(call(connection, "SELECT pgclonedb.drop_database(?, force := ?)", APPLICATION.copy(), true))
                    .isEqualTo("database \"" + APPLICATION.copy() + "\" dropped");
        }
        assertThat(APPLICATION.exists(APPLICATION.copy())).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void takesTheCallSyntaxOfJdbc(PgjdbcMode mode) throws SQLException {
        try (Connection connection = mode.connect(APPLICATION, "postgres")) {
            for (int run = 0; run < 7; run++) {
                try (CallableStatement open = connection.prepareCall("{call pgclonedb.open_database(?)}")) {
                    open.setString(1, APPLICATION.template());
                    assertThat(open.execute()).isTrue();
                    try (ResultSet row = open.getResultSet()) {
                        assertThat(row.next()).isTrue();
                        assertThat(row.getString(1)).contains(" open");
                    }
                }
            }
        }
        assertThat(APPLICATION.state(APPLICATION.template())).isEqualTo("open");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void takesTheCallSyntaxOfJdbcWithAResult(PgjdbcMode mode) throws SQLException {
        try (Connection connection = mode.connect(APPLICATION, "postgres");
                CallableStatement open = connection.prepareCall("{? = call pgclonedb.open_database(?)}")) {
            open.registerOutParameter(1, Types.VARCHAR);
            open.setString(2, APPLICATION.template());
            if (mode.simple()) {
                // the driver sends the place of the result as one more argument, to any function of PostgreSQL's
                SQLException error = catchThrowableOfType(SQLException.class, open::execute);
                assertThat(error.getSQLState()).isEqualTo("42883");
                return;
            }
            for (int run = 0; run < 7; run++) {
                open.execute();
                assertThat(open.getString(1)).contains(" open");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("modes")
    void fetchesRowsInPortions(PgjdbcMode mode) throws SQLException {
        try (Connection connection = mode.connect(APPLICATION, "postgres")) {
            List<String> all = settings(connection, 0);
            assertThat(settings(connection, 2)).isEqualTo(all).hasSizeGreaterThan(10);
        }
    }

    private static List<String> settings(Connection connection, int fetchSize) throws SQLException {
        List<String> settings = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT setting FROM pgclonedb.show_config() WHERE setting <> ?")) {
            statement.setFetchSize(fetchSize);
            statement.setString(1, "audit_retention");
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    settings.add(rows.getString(1));
                }
            }
        }
        return settings;
    }

    /** Nothing is done for rows that the driver has not asked for. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("extendedModesInTransactions")
    void actsRowByRowWhenFetchingInPortions(PgjdbcMode mode) throws SQLException {
        try (Connection connection = mode.connect(APPLICATION, "postgres");
                PreparedStatement open = connection.prepareStatement(
                        "SELECT name, pgclonedb.open_database(name) FROM unnest(?::text[]) AS name")) {
            open.setArray(
                    1, connection.createArrayOf("text", new String[] {APPLICATION.template(), APPLICATION.slowTemplate()
                    }));
            open.setFetchSize(1);
            try (ResultSet rows = open.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(2)).contains(" open");
                assertThat(APPLICATION.state(APPLICATION.template())).isEqualTo("open");
                assertThat(APPLICATION.state(APPLICATION.slowTemplate())).isEqualTo("closed");
                assertThat(rows.next()).isTrue();
                assertThat(APPLICATION.state(APPLICATION.slowTemplate())).isEqualTo("open");
                assertThat(rows.next()).isFalse();
            }
            connection.commit();
        }
    }
}
