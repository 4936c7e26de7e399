package io.pgclonedb.it.server;

import io.pgclonedb.it.wire.Endpoint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/** What every test server is set to, wherever it comes from. */
final class ServerSettings {
    /** Settings that need a start of the server; it logs into a file, which a test can read with SQL. */
    static final Map<String, String> START = Map.of(
            "max_connections", "120",
            "max_prepared_transactions", "10",
            "wal_level", "logical",
            "password_encryption", "scram-sha-256",
            "fsync", "off",
            "logging_collector", "on",
            "shared_preload_libraries", "pg_stat_statements");

    private ServerSettings() {}

    /**
     * Has the server ask everybody for a password but {@code trusted_role}; {@code md5_role} and {@code password_role} by
     * the method they are named after.
     *
     * @param address where clients come from, in the words of pg_hba.conf
     * @param password the superuser's password until now
     */
    static void askForPasswords(Endpoint endpoint, String address, String password) throws SQLException {
        String lines = String.join(
                "'), ('",
                List.of(
                        "host all trusted_role " + address + " trust",
                        "host all md5_role " + address + " md5",
                        "host all password_role " + address + " password",
                        "host all all " + address + " scram-sha-256",
                        "host replication all " + address + " scram-sha-256"));
        try (Connection connection = endpoint.connect("postgres", PostgresServer.SUPERUSER, password);
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER ROLE " + PostgresServer.SUPERUSER + " PASSWORD '" + PostgresServer.PASSWORD + "'");
            String file;
            try (ResultSet row = statement.executeQuery("SELECT quote_literal(current_setting('hba_file'))")) {
                row.next();
                file = row.getString(1);
            }
            statement.execute("COPY (VALUES ('" + lines + "')) TO " + file);
            statement.execute("SELECT pg_reload_conf()");
        }
    }
}
