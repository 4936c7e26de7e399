package io.pgclonedb.proxy.operation;

import java.sql.Connection;

/** Makes admin connections to any database, each its own and in autocommit mode, its settings pinned. */
@FunctionalInterface
interface DatabaseLogin {
    /**
     * For the caller to close.
     *
     * @throws io.pgclonedb.proxy.error.PgException 3D000 or 55000 when the database is missing or closed; 55000 when the server
     *     cannot be reached
     */
    Connection connect(String database);
}
