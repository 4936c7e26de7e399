package io.pgclonedb.proxy.cli;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How many of the server's connections clients may have, so that the proxy always finds one for itself. */
final class ConnectionBudget {
    /** For the control database, running operations and somebody who looks what is wrong. */
    private static final int KEPT = 10;

    private static final String QUERY = "SELECT pg_catalog.current_setting('max_connections')::pg_catalog.int4"
            + " - pg_catalog.current_setting('superuser_reserved_connections')::pg_catalog.int4"
            + " - coalesce(pg_catalog.current_setting('reserved_connections', true)::pg_catalog.int4, 0)";

    private ConnectionBudget() {}

    /** The server's own limit, less its reserve and ten; at least one. */
    static int most(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUERY);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return Math.max(1, row.getInt(1) - KEPT);
        }
    }
}
