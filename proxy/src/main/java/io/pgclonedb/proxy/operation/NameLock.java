package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Keeps two calls from working on the same database name at once, over all proxies: advisory locks of the control database
 * (PostgreSQL documentation, "Advisory Locks"), keyed by a hash of the name. Two names of one hash wait for each other, nothing
 * worse.
 */
final class NameLock {
    private static final String SESSION = "SELECT pg_catalog.pg_advisory_lock(3, pg_catalog.hashtext(?))";
    private static final String TRANSACTION = "SELECT pg_catalog.pg_advisory_xact_lock(3, pg_catalog.hashtext(?))";
    private static final String CREATION = "SELECT pg_catalog.pg_try_advisory_lock(4, pg_catalog.hashtext(?))";

    private NameLock() {}

    /** Until the connection is closed. */
    static void forSession(Connection control, String database) throws SQLException {
        lock(control, SESSION, database);
    }

    /** Until the transaction ends. It waits for a short time only: the connection is one that many calls share. */
    static void forTransaction(Connection control, String database) throws SQLException {
        Ddl.run(control, "SET LOCAL lock_timeout = '2s'");
        lock(control, TRANSACTION, database);
        Ddl.run(control, "SET LOCAL lock_timeout TO DEFAULT");
    }

    /**
     * For a database that is to be created, until the connection is closed. Whoever comes second need not wait for the first
     * clone to be copied to be told that the name is taken.
     */
    static void forCreation(Connection control, String database) throws SQLException {
        try (PreparedStatement statement = control.prepareStatement(CREATION)) {
            statement.setString(1, database);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    throw PgException.error(SqlState.DUPLICATE_DATABASE, "database \"" + database + "\" already exists")
                            .withDetail("Another call is creating it at this moment.")
                            .withHint("Choose another name, or wait until that call has ended.");
                }
            }
        }
        forSession(control, database);
    }

    private static void lock(Connection control, String statementText, String database) throws SQLException {
        try (PreparedStatement statement = control.prepareStatement(statementText)) {
            statement.setString(1, database);
            statement.execute();
        } catch (SQLException failure) {
            if (SqlState.LOCK_NOT_AVAILABLE.code().equals(failure.getSQLState())) {
                throw PgException.error(
                                SqlState.LOCK_NOT_AVAILABLE,
                                "could not obtain the lock on database \"" + database + "\" in time")
                        .withDetail("Another call is working on this database.")
                        .withHint("Repeat the call when the other one has ended.")
                        .withCause(failure);
            }
            throw failure;
        }
    }
}
