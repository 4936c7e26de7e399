package io.pgclonedb.proxy.operation;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;

/**
 * The size of the server's volume, as the operator gave it, less what the server says it uses: databases, those being cloned
 * among them, and write-ahead log. For servers whose file system nobody can look at.
 */
record VolumeSizeSpace(long volumeSize) implements FreeSpaceSource {
    private static final String USED = "SELECT ((SELECT COALESCE(pg_catalog.sum(pg_catalog.pg_database_size(d.oid)), 0)"
            + " FROM pg_catalog.pg_database d)"
            + " + (SELECT COALESCE(pg_catalog.sum(w.size), 0) FROM pg_catalog.pg_ls_waldir() w))::int8";

    @Override
    public OptionalLong freeBytes(Connection connection, long tablespace) throws SQLException {
        if (tablespace != DEFAULT_TABLESPACE) {
            return OptionalLong.empty();
        }
        long used = 0;
        for (long database : DatabaseDirectories.unknown(connection, tablespace)) {
            used += DatabaseDirectories.size(connection, tablespace, database);
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(USED)) {
            row.next();
            used += row.getLong(1);
        }
        return OptionalLong.of(Math.max(0, volumeSize - used));
    }
}
