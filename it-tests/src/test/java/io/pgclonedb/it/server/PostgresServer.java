package io.pgclonedb.it.server;

import io.pgclonedb.it.wire.Endpoint;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A real PostgreSQL of the version under test: the one seam between the tests and where the server comes from.
 * Passwords are asked for (scram-sha-256), as on a server somebody set up with care.
 */
public interface PostgresServer extends AutoCloseable {
    /** The superuser of every test server. */
    String SUPERUSER = "postgres";

    /** The password of {@link #SUPERUSER}. */
    String PASSWORD = "demo";

    /** The server of this run's version ({@code -Dpgclonedb.it.version}), started once and shared by all tests. */
    static PostgresServer shared() {
        return SharedServer.get();
    }

    /** Major version: 14 to 18. */
    int version();

    /** Where it listens. */
    Endpoint endpoint();

    default String host() {
        return endpoint().host();
    }

    default int port() {
        return endpoint().port();
    }

    /** A new connection as the given role, straight to the server. */
    default Connection connect(String database, String user, String password) throws SQLException {
        return endpoint().connect(database, user, password);
    }

    /** A new connection as superuser, straight to the server. */
    default Connection connect(String database) throws SQLException {
        return connect(database, SUPERUSER, PASSWORD);
    }

    @Override
    void close();
}
