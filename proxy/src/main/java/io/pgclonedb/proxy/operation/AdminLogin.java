package io.pgclonedb.proxy.operation;

import java.sql.Connection;

/** Makes admin connections to the control database, each its own and in autocommit mode. */
@FunctionalInterface
interface AdminLogin {
    /**
     * For the caller to close.
     *
     * @throws io.pgclonedb.proxy.error.PgException 55000 when the server cannot be reached
     */
    Connection connect();
}
