package io.pgclonedb.proxy.operation;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Builds and runs statements that take no parameters. Names and literals are quoted by the server's own {@code format}, on the
 * very connection that runs the statement, so that no quoting rule is repeated here.
 */
final class Ddl {
    private Ddl() {}

    /** {@code template} is a constant of the program: {@code %I} stands for an identifier, {@code %L} for a literal. */
    static String format(Connection connection, String template, String... values) throws SQLException {
        Array array = connection.createArrayOf("text", values);
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_catalog.format(?, VARIADIC ?::text[])")) {
            statement.setString(1, template);
            statement.setArray(2, array);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    /** Formats as {@link #format} does and runs the result. */
    static void execute(Connection connection, String template, String... values) throws SQLException {
        run(connection, format(connection, template, values));
    }

    /** Runs a statement as it stands. */
    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // The driver would take {…} in a quoted name for a JDBC escape.
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }
}
