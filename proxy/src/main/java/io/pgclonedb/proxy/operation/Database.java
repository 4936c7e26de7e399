package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A row of {@code pg_database}, at the moment it was read.
 *
 * @param owner name of the owner
 * @param tablespace OID of its default tablespace
 * @param allowConnections {@code datallowconn}
 * @param template {@code datistemplate}
 * @param connectionLimit {@code datconnlimit}: -1 none, -2 invalid
 */
record Database(
        long oid,
        String name,
        String owner,
        long tablespace,
        boolean allowConnections,
        boolean template,
        int connectionLimit) {
    private static final int INVALID = -2;
    private static final String FIND = "SELECT d.oid, d.datname, pg_catalog.pg_get_userbyid(d.datdba), d.dattablespace,"
            + " d.datallowconn, d.datistemplate, d.datconnlimit FROM pg_catalog.pg_database d"
            + " WHERE d.datname = ?::name";

    /** The database of that name; empty when there is none. */
    static Optional<Database> find(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                return Optional.of(new Database(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4),
                        row.getBoolean(5),
                        row.getBoolean(6),
                        row.getInt(7)));
            }
        }
    }

    /** The database of that name, or 3D000. */
    static Database require(Connection connection, String name) throws SQLException {
        return find(connection, name)
                .orElseThrow(() -> PgException.error(
                                SqlState.INVALID_CATALOG_NAME, "database \"" + name + "\" does not exist")
                        .withHint("Names are compared byte for byte: look at upper and lower case."));
    }

    /** Left over by an interrupted DROP DATABASE; it can only be dropped. */
    boolean invalid() {
        return connectionLimit == INVALID;
    }

    /**
     * A clone that was never finished: {@link CloneDatabase} creates it closed, no template and with a connection limit of 0,
     * and sets the real values in the transaction that opens it.
     */
    boolean unfinished() {
        return !allowConnections && !template && connectionLimit == 0;
    }

    /** As {@code close_database} leaves it. */
    boolean closed() {
        return !allowConnections && template;
    }

    /**
     * Refuses what can only be dropped. Must be asked before any ALTER DATABASE: on an invalid database that statement ends the
     * connection it runs on.
     */
    Database requireUsable() {
        if (invalid()) {
            throw PgException.error(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "database \"" + name + "\" is invalid")
                    .withDetail("Dropping it was interrupted; what is left of it cannot be used.")
                    .withHint(dropHint());
        }
        if (unfinished()) {
            throw PgException.error(
                            SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                            "database \"" + name + "\" is an unfinished clone")
                    .withDetail("Creating it was interrupted before its grants and settings were in place.")
                    .withHint(dropHint());
        }
        return this;
    }

    private String dropHint() {
        return "Drop it with SELECT pgclonedb.drop_database(" + Quoted.literal(name) + ").";
    }
}
