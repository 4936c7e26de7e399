package io.pgclonedb.proxy.operation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * The size of the server's volume, as the operator gave it, less what the server says it uses: databases, those being cloned
 * among them, and write-ahead log. For servers whose file system nobody can look at.
 */
record VolumeSizeSpace(long volumeSize) implements FreeSpaceSource {
    private static final String USED = "SELECT ((SELECT COALESCE(pg_catalog.sum(pg_catalog.pg_database_size(d.oid)), 0)"
            + " FROM (SELECT oid FROM pg_catalog.pg_database"
            + " UNION SELECT t FROM pg_catalog.pg_tablespace_databases(?::oid) t) d)"
            + " + (SELECT COALESCE(pg_catalog.sum(w.size), 0) FROM pg_catalog.pg_ls_waldir() w))::int8";

    @Override
    public OptionalLong freeBytes(Connection connection, long tablespace) throws SQLException {
        if (tablespace != DEFAULT_TABLESPACE) {
            return OptionalLong.empty();
        }
        try (PreparedStatement statement = connection.prepareStatement(USED)) {
            statement.setLong(1, DEFAULT_TABLESPACE);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return OptionalLong.of(Math.max(0, volumeSize - row.getLong(1)));
            }
        }
    }
}
