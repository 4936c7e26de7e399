package io.pgclonedb.proxy.config;

/**
 * The server behind the proxy and the role its operations run as, from a libpq connection URI (PostgreSQL documentation,
 * "Connection Strings").
 *
 * @param host name or address; the relay and the admin connections use the same
 * @param port 1 to 65535
 * @param user the admin role
 * @param password its password; empty when the server asks for none. Never shown
 * @param database where the admin connection goes before the control database exists
 */
public record BackendConfig(String host, int port, String user, String password, String database) {
    @Override
    public String toString() {
        return "postgresql://" + user + "@" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port + "/"
                + database;
    }
}
