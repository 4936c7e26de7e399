package io.pgclonedb.proxy.admin;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.ToIntFunction;

/**
 * A few admin connections to one database, kept open. For statements that touch no state of the session: no session locks,
 * no LISTEN, no SET. Thread-safe; taking a connection blocks.
 */
public final class AdminPool implements AutoCloseable {
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final HikariDataSource pool;

    private AdminPool(HikariDataSource pool) {
        this.pool = pool;
    }

    /**
     * A pool of at most {@code size} connections, made when they are first needed.
     *
     * @throws io.pgclonedb.proxy.error.PgException 55000 when the server cannot be reached
     */
    public static AdminPool open(AdminConnections connections, String database, int size) {
        try {
            HikariConfig config = new HikariConfig();
            config.setPoolName("pgclonedb-control");
            config.setDataSource(connections.pooled(database));
            config.setMaximumPoolSize(size);
            config.setMinimumIdle(1);
            config.setConnectionTimeout(WAIT.toMillis());
            config.setInitializationFailTimeout(-1);
            return new AdminPool(new HikariDataSource(config));
        } catch (SQLException failure) {
            throw ServerErrors.loginFailed(failure);
        }
    }

    /** A connection in autocommit mode; closing it gives it back, rolling back what was not committed. */
    public Connection connection() throws SQLException {
        return pool.getConnection();
    }

    /** Gives up every connection, those in use when they come back: after a restart of the server all are broken. */
    public void evict() {
        HikariPoolMXBean connections = pool.getHikariPoolMXBean();
        if (connections != null) {
            connections.softEvictConnections();
        }
    }

    /** Connections in use. */
    public int active() {
        return count(HikariPoolMXBean::getActiveConnections);
    }

    /** Connections open and not in use. */
    public int idle() {
        return count(HikariPoolMXBean::getIdleConnections);
    }

    /** Threads that wait for a connection. */
    public int waiting() {
        return count(HikariPoolMXBean::getThreadsAwaitingConnection);
    }

    private int count(ToIntFunction<HikariPoolMXBean> figure) {
        HikariPoolMXBean figures = pool.getHikariPoolMXBean();
        return figures == null ? 0 : figure.applyAsInt(figures);
    }

    @Override
    public void close() {
        pool.close();
    }
}
