package io.pgclonedb.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * How a connection of pgjdbc is set up.
 *
 * @param parameters of the connection, by the driver's names
 */
record PgjdbcMode(String name, boolean autoCommit, Map<String, String> parameters) {
    /** All query modes, each with autocommit on and off. */
    static Stream<PgjdbcMode> all() {
        return Stream.of(
                        Map.entry("simple", Map.of("preferQueryMode", "simple")),
                        Map.entry("extended", Map.of("preferQueryMode", "extended")),
                        Map.entry("extendedForPrepared", Map.of("preferQueryMode", "extendedForPrepared")),
                        Map.entry("extendedCacheEverything", Map.of("preferQueryMode", "extendedCacheEverything")),
                        Map.entry("prepareThreshold 0", Map.of("prepareThreshold", "0")),
                        Map.entry("prepareThreshold 1", Map.of("prepareThreshold", "1")),
                        Map.entry("prepareThreshold 5", Map.of("prepareThreshold", "5")),
                        // a threshold below 0 asks for binary values from the first run on
                        Map.entry("binary", Map.of("prepareThreshold", "-1", "binaryTransfer", "true")))
                .flatMap(mode -> Stream.of(
                        new PgjdbcMode(mode.getKey(), true, mode.getValue()),
                        new PgjdbcMode(mode.getKey(), false, mode.getValue())));
    }

    /** One of each kind, for tests that take their time. */
    static Stream<PgjdbcMode> few() {
        return all().filter(mode -> mode.simple()
                || mode.name().equals("prepareThreshold 5")
                || mode.name().equals("binary"));
    }

    boolean simple() {
        return name.equals("simple");
    }

    /** A connection of the application's admin through the proxy. */
    Connection connect(Application application, String database) throws SQLException {
        Connection connection =
                application.proxy().connect(database, application.admin(), Application.PASSWORD, parameters);
        connection.setAutoCommit(autoCommit);
        return connection;
    }

    /** The first value of the first row. */
    static String call(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                assertThat(row.next()).isTrue();
                return row.getString(1);
            }
        }
    }

    /** The error that it is answered with, as the driver shows it. */
    static ServerErrorMessage refusal(Connection connection, String sql, Object... values) {
        PSQLException error = catchThrowableOfType(PSQLException.class, () -> call(connection, sql, values));
        assertThat((Throwable) error).as(sql).isNotNull();
        ServerErrorMessage message = error.getServerErrorMessage();
        assertThat(message).isNotNull();
        assertThat(error.getSQLState()).isEqualTo(message.getSQLState());
        return message;
    }

    @Override
    public String toString() {
        return name + (autoCommit ? "" : ", autocommit off");
    }
}
