package io.pgclonedb.proxy.control;

import io.pgclonedb.proxy.admin.AdminConnections;
import io.pgclonedb.proxy.admin.AdminPool;
import io.pgclonedb.proxy.admin.ServerErrors;
import io.pgclonedb.proxy.config.BackendConfig;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * The database that all proxies of a cluster share. Owned by the admin role and closed to everybody else, so that nobody can
 * read the audit or hold its locks. Thread-safe; every method but {@link #up} blocks and is for operation threads.
 */
public final class ControlDatabase implements AutoCloseable {
    private static final int POOL_SIZE = 4;

    private final AdminConnections connections;
    private final String name;
    private final AdminPool pool;
    private final UUID proxyId = UUID.randomUUID();
    private volatile boolean up = true;

    private ControlDatabase(AdminConnections connections, String name, AdminPool pool) {
        this.connections = connections;
        this.name = name;
        this.pool = pool;
    }

    /**
     * Connects, having first created what is missing: role {@code pgclonedb_user}, the database, its tables. Safe when
     * several proxies start at once. In front of a hot standby nothing is created: it has to be there, and calls that act are
     * refused.
     *
     * @throws PgException when the server is away, the database is somebody else's, invalid, or of a newer version, or is not
     *     there on a standby
     */
    public static ControlDatabase open(AdminConnections connections, BackendConfig backend, String name) {
        boolean standby = new ControlDatabaseCreation(connections, backend, name).run();
        ControlDatabase control = new ControlDatabase(connections, name, AdminPool.open(connections, name, POOL_SIZE));
        try {
            control.transaction(standby ? Migrations::require : Migrations::run);
            return control;
        } catch (RuntimeException failure) {
            control.close();
            throw failure;
        }
    }

    /**
     * Looks at what is there and what a start would create; changes nothing.
     *
     * @throws PgException 55000 when the server is away
     */
    public static ControlInspection inspect(AdminConnections connections, BackendConfig backend, String name) {
        return new ControlDatabaseCreation(connections, backend, name).inspect();
    }

    /** The database's name. */
    public String name() {
        return name;
    }

    /** This proxy, as the rows of the audit name it; another one after each start. */
    public UUID proxyId() {
        return proxyId;
    }

    /**
     * A pooled connection in autocommit mode, for short work that leaves no state in the session; to be closed.
     *
     * @throws PgException 55000 when the control database is away
     */
    public Connection connection() {
        try {
            Connection connection = pool.connection();
            up = true;
            return connection;
        } catch (SQLException failure) {
            throw unavailable(failure);
        }
    }

    /**
     * A connection of its own, for session locks and LISTEN; to be closed.
     *
     * @throws PgException 55000 when the control database is away
     */
    Connection dedicated() {
        try {
            Connection connection = connections.connect(name);
            up = true;
            return connection;
        } catch (PgException failure) {
            throw unavailable(failure);
        }
    }

    /**
     * Runs work in one transaction on a pooled connection. The work uses no other connection of this pool, which is small.
     *
     * @throws PgException what the work threw, the server's own error, or 55000 when the control database is away; nothing is
     *     then done, unless the connection broke at the very commit
     */
    public <T> T transaction(SqlWork<T> work) {
        try (Connection connection = connection()) {
            connection.setAutoCommit(false);
            T result = work.run(connection);
            connection.commit();
            return result;
        } catch (SQLException failure) {
            throw ServerErrors.connectionLost(failure) ? unavailable(failure) : ServerErrors.pgException(failure);
        }
    }

    /**
     * Whether the server takes changes now: a standby does not, until it is promoted.
     *
     * @throws PgException 55000 when the control database is away
     */
    boolean takesChanges() {
        try (Connection connection = connection()) {
            return !ControlDatabaseCreation.inRecovery(connection);
        } catch (SQLException failure) {
            throw unavailable(failure);
        }
    }

    /** Whether the control database answered when it was last asked. Does not block. */
    public boolean up() {
        return up;
    }

    /** The pool, for its figures. */
    public AdminPool pool() {
        return pool;
    }

    /** The error of a call that finds the control database away or unable to write. */
    PgException unavailable(Exception failure) {
        up = false;
        pool.evict();
        return PgException.error(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "operation cannot be recorded")
                .withDetail("The control database \"" + name + "\" cannot be used at the moment.")
                .withHint(ServerErrors.CHECK_HINT)
                .withCause(failure);
    }

    @Override
    public void close() {
        pool.close();
    }
}
