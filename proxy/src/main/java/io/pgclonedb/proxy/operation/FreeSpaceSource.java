package io.pgclonedb.proxy.operation;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;

/** One way to learn how many bytes a new database may still take. */
interface FreeSpaceSource {
    /** {@code pg_default}, in the data directory itself. */
    long DEFAULT_TABLESPACE = 1663;

    /**
     * Free bytes for the server where a tablespace is; empty when this way does not work there.
     *
     * @param connection a superuser's, in autocommit mode
     * @param tablespace OID
     */
    OptionalLong freeBytes(Connection connection, long tablespace) throws SQLException;
}
