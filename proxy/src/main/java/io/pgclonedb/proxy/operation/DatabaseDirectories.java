package io.pgclonedb.proxy.operation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/**
 * The directories of databases that are in no catalog: those being created at this moment, and what a crash has left of others
 * (PostgreSQL documentation, "Database File Layout"). {@code pg_database_size} does not answer for them on every version, but a
 * superuser may look at the files.
 */
final class DatabaseDirectories {
    private static final String UNKNOWN = "SELECT t FROM pg_catalog.pg_tablespace_databases(?::oid) t"
            + " WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_database d WHERE d.oid = t)";

    private static final String PATH = "SELECT CASE ?::int8 WHEN " + FreeSpaceSource.DEFAULT_TABLESPACE
            + " THEN 'base' ELSE 'pg_tblspc/' || ? || '/' || (SELECT v FROM pg_catalog.pg_ls_dir('pg_tblspc/' || ?) v"
            + " WHERE v LIKE 'PG\\_' || pg_catalog.current_setting('server_version_num')::int4 / 10000 || '\\_%') END"
            + " || '/' || ?";

    private static final String SIZE =
            "SELECT COALESCE(pg_catalog.sum((pg_catalog.pg_stat_file(? || '/' || f, true)).size),"
                    + " 0)::int8 FROM pg_catalog.pg_ls_dir(?, true, false) f";

    private DatabaseDirectories() {}

    /** Their OIDs. */
    static Set<Long> unknown(Connection connection, long tablespace) throws SQLException {
        Set<Long> databases = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(UNKNOWN)) {
            statement.setLong(1, tablespace);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    databases.add(row.getLong(1));
                }
            }
        }
        return databases;
    }

    /** Bytes in the directory of one of them; 0 when it is gone. */
    static long size(Connection connection, long tablespace, long database) throws SQLException {
        String path = path(connection, tablespace, database);
        try (PreparedStatement statement = connection.prepareStatement(SIZE)) {
            statement.setString(1, path);
            statement.setString(2, path);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static String path(Connection connection, long tablespace, long database) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PATH)) {
            String directory = Long.toString(tablespace);
            statement.setLong(1, tablespace);
            statement.setString(2, directory);
            statement.setString(3, directory);
            statement.setString(4, Long.toString(database));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
