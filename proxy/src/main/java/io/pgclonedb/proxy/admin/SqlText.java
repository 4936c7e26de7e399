package io.pgclonedb.proxy.admin;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Quotes what has to stand in the text of a command because no parameter may: the server does it itself, with {@code
 * format} (PostgreSQL documentation, "String Functions and Operators"), on the connection that will run the command.
 */
public final class SqlText {
    private SqlText() {}

    /**
     * A name as an SQL identifier, quoted where it needs to be.
     *
     * @throws io.pgclonedb.proxy.error.PgException 42602 or 42622 when the server could not take the name as it stands
     */
    public static String identifier(Connection connection, String name) throws SQLException {
        return formatted(connection, "SELECT pg_catalog.format('%I', ?::pg_catalog.text)", CatalogName.checked(name));
    }

    /** A value as a string literal; it must hold no NUL. */
    public static String literal(Connection connection, String value) throws SQLException {
        return formatted(connection, "SELECT pg_catalog.format('%L', ?::pg_catalog.text)", value);
    }

    private static String formatted(Connection connection, String query, String value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, value);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
