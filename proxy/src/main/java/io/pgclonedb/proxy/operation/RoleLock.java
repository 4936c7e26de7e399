package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Keeps roles and memberships as they are, for plain SQL of other sessions as well: every command that changes them takes ROW
 * EXCLUSIVE on {@code pg_authid} or {@code pg_auth_members}, which this lock keeps out (PostgreSQL documentation, "Explicit
 * Locking"). Both are shared by all databases, and so is the lock. Reading, logging in for one, goes on.
 */
final class RoleLock {
    private RoleLock() {}

    /**
     * Until the transaction ends. It waits for a short time only: whoever leaves a transaction open that has changed a role,
     * possibly nothing but its own password, would otherwise keep this connection, which many calls share, for as long.
     */
    static void take(Connection control) throws SQLException {
        try {
            Ddl.run(control, "SET LOCAL lock_timeout = '2s'");
            // In the order in which the server's own commands take them, so that nobody waits in a circle.
            Ddl.run(control, "LOCK TABLE pg_catalog.pg_authid, pg_catalog.pg_auth_members IN SHARE ROW EXCLUSIVE MODE");
            Ddl.run(control, "SET LOCAL lock_timeout TO DEFAULT");
        } catch (SQLException failure) {
            if (SqlState.LOCK_NOT_AVAILABLE.code().equals(failure.getSQLState())) {
                throw PgException.error(
                                SqlState.LOCK_NOT_AVAILABLE,
                                "could not obtain the lock on the roles of the cluster in time")
                        .withDetail("A transaction that has changed roles or memberships is still open.")
                        .withHint("Repeat the call when that transaction has ended.")
                        .withCause(failure);
            }
            throw failure;
        }
    }
}
