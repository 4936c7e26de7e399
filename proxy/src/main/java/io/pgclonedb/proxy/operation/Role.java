package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** A row of {@code pg_roles}, at the moment it was read. */
record Role(long oid, String name) {
    private static final String FIND =
            "SELECT r.oid, r.rolname FROM pg_catalog.pg_roles r WHERE r.rolname = ?::pg_catalog.name";

    /** The role of that name; empty when there is none. */
    static Optional<Role> find(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(new Role(row.getLong(1), row.getString(2))) : Optional.empty();
            }
        }
    }

    /** The role of that name, or 42704. */
    static Role require(Connection connection, String name) throws SQLException {
        return find(connection, name)
                .orElseThrow(() -> PgException.error(SqlState.UNDEFINED_OBJECT, "role \"" + name + "\" does not exist")
                        .withHint("Names are compared byte for byte: look at upper and lower case."));
    }
}
