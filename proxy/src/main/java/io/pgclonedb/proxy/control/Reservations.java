package io.pgclonedb.proxy.control;

import io.pgclonedb.proxy.error.PgException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The disk space that running clones have yet to fill, over all proxies. A reservation ends with its operation's row, or with
 * the death of both the proxy and the server session that ran it. Thread-safe; blocks.
 */
public final class Reservations {
    /** Beside the lock of the migrations in the space of two-number locks. */
    private static final String LOCK = "SELECT pg_catalog.pg_advisory_xact_lock(2, 0)";

    /** A lock of one number shows in {@code pg_locks} as two halves with {@code objsubid} 1. */
    private static final String OTHERS = "SELECT coalesce(sum(a.reserved_bytes), 0)::pg_catalog.int8"
            + " FROM control.audit AS a WHERE a.outcome = 'running' AND a.id <> ? AND ("
            + RunningOperations.ADMIN_SESSION_LIVES
            + " OR EXISTS (SELECT FROM pg_catalog.pg_locks AS l WHERE l.locktype = 'advisory' AND l.granted"
            + " AND l.objsubid = 1 AND l.database = (SELECT d.oid FROM pg_catalog.pg_database AS d"
            + " WHERE d.datname = pg_catalog.current_database())"
            + " AND ((l.classid::pg_catalog.int8 << 32) | l.objid::pg_catalog.int8) = a.id))";

    private final ControlDatabase control;

    /** Of the given control database. */
    public Reservations(ControlDatabase control) {
        this.control = control;
    }

    /**
     * Runs a check and its reservation as one step: no other proxy checks meanwhile. Both are on the connection that the work
     * is given, and hold once the work is done.
     *
     * @throws PgException what the work threw; 55P03 when another check takes longer than the lock timeout; 55000 when the
     *     control database is away
     */
    public <T> T underDiskLock(SqlWork<T> work) {
        return control.transaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(LOCK);
            }
            return work.run(connection);
        });
    }

    /** The bytes that all running operations but this one have yet to write. */
    public long reservedByOthers(Connection connection, long auditId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OTHERS)) {
            statement.setLong(1, auditId);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Sets what an operation has yet to write, in bytes from 0. */
    public void reserve(Connection connection, long auditId, long bytes) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE control.audit SET reserved_bytes = ? WHERE id = ? AND outcome = 'running'")) {
            statement.setLong(1, bytes);
            statement.setLong(2, auditId);
            statement.executeUpdate();
        }
    }

    /**
     * The same on a connection of the pool: for a clone that says how far it has come.
     *
     * @throws PgException 55000 when the control database is away
     */
    public void reserve(long auditId, long bytes) {
        try (Connection connection = control.connection()) {
            reserve(connection, auditId, bytes);
        } catch (SQLException failure) {
            throw control.unavailable(failure);
        }
    }
}
