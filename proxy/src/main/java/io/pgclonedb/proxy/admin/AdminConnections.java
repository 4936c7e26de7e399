package io.pgclonedb.proxy.admin;

import io.pgclonedb.proxy.config.BackendConfig;
import io.pgclonedb.proxy.error.PgException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Logs the admin role in to a database of the server. Every setting that the owner of a database could have planted there
 * and that would matter is pinned by the startup packet; the database name goes through a setter and never into a URL, where
 * it could bring parameters of its own. Thread-safe; for operation threads, since a login blocks.
 */
public final class AdminConnections {
    /** {@code application_name} of every connection of a proxy. */
    public static final String APPLICATION_NAME = "pgclonedb";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final BackendConfig backend;
    private final Duration lockTimeout;
    private volatile @Nullable ServerTraits server;

    /** With the server's address and role, and how long a statement waits for a lock. */
    public AdminConnections(BackendConfig backend, Duration lockTimeout) {
        this.backend = backend;
        this.lockTimeout = lockTimeout;
    }

    /**
     * A new connection in autocommit mode, for the caller to close. A login waits no longer than the lock timeout (to a
     * database that is being cloned the server lets nobody in); statements may then take as long as they need.
     *
     * @throws PgException 42602 or 42622 for a name the server could not take as it stands; 3D000 when the database does not
     *     exist, 55000 when it is closed or invalid; 55000 when the server cannot be reached with the admin role
     */
    public Connection connect(String database) {
        CatalogName.checked(database);
        try {
            ServerTraits expected = traits();
            Connection connection = login(database, PinnedOptions.on(expected, lockTimeout));
            if (major(connection) == expected.version()) {
                return connection;
            }
            // The server was upgraded under a running proxy: what has to be pinned is another set.
            connection.close();
            server = null;
            return login(database, PinnedOptions.on(traits(), lockTimeout));
        } catch (SQLException failure) {
            throw ServerErrors.loginFailed(failure);
        }
    }

    /** A new connection to the database that the backend's configuration names. */
    public Connection connect() {
        return connect(backend.database());
    }

    /**
     * The server's major version, as of the first login.
     *
     * @throws PgException 55000 when the server cannot be reached
     */
    public int serverVersion() {
        try {
            return traits().version();
        } catch (SQLException failure) {
            throw ServerErrors.loginFailed(failure);
        }
    }

    /** For a pool: a statement there is short, so it ends when the server does not answer in due time. */
    DataSource pooled(String database) throws SQLException {
        PGSimpleDataSource source = dataSource(CatalogName.checked(database), PinnedOptions.on(traits(), lockTimeout));
        source.setSocketTimeout(loginSeconds() + 30);
        return source;
    }

    private ServerTraits traits() throws SQLException {
        ServerTraits known = server;
        if (known == null) {
            known = discover();
            server = known;
        }
        return known;
    }

    /** In the configured database, which is the operator's own: a foreign one is entered with all options only. */
    private ServerTraits discover() throws SQLException {
        try (Connection connection =
                        login(CatalogName.checked(backend.database()), PinnedOptions.everywhere(lockTimeout));
                Statement statement = connection.createStatement()) {
            return new ServerTraits(major(connection), noticesDeadClients(statement));
        }
    }

    private static boolean noticesDeadClients(Statement statement) throws SQLException {
        try {
            statement.execute(
                    "SET client_connection_check_interval = '" + PinnedOptions.CONNECTION_CHECK_INTERVAL + "'");
            return true;
        } catch (SQLException failure) {
            if ("22023".equals(failure.getSQLState())) {
                return false;
            }
            throw failure;
        }
    }

    private static int major(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion();
    }

    private Connection login(String database, String options) throws SQLException {
        PGSimpleDataSource source = dataSource(database, options);
        source.setSocketTimeout(loginSeconds());
        Connection connection = source.getConnection();
        connection.setNetworkTimeout(Runnable::run, 0);
        return connection;
    }

    private int loginSeconds() {
        return (int) Math.max(CONNECT_TIMEOUT.toSeconds(), Math.min(lockTimeout.toSeconds(), 3600));
    }

    private PGSimpleDataSource dataSource(String database, String options) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {backend.host()});
        source.setPortNumbers(new int[] {backend.port()});
        source.setUser(backend.user());
        source.setPassword(backend.password());
        source.setDatabaseName(database);
        source.setOptions(options);
        source.setApplicationName(APPLICATION_NAME);
        source.setAssumeMinServerVersion("14");
        source.setSslMode("disable");
        source.setGssEncMode("disable");
        source.setTcpKeepAlive(true);
        source.setConnectTimeout((int) CONNECT_TIMEOUT.toSeconds());
        // Statements here run once or seldom; a plan kept in the server would only outlive what it was made for.
        source.setPrepareThreshold(0);
        source.setLogServerErrorDetail(false);
        return source;
    }
}
