package io.pgclonedb.it.cheatsheet;

import io.pgclonedb.it.proxy.ProxyUnderTest;
import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.server.TestDatabase;
import io.pgclonedb.it.wire.Endpoint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The application {@code myapp} on the shared server: its admin, two roles, and a small template, closed. The disk check is
 * set to ask for no margin, so that no test depends on the machine it runs on.
 */
final class MyApp {
    static final String ADMIN = "myapp_db_admin";
    static final String PASSWORD = "admin secret";
    static final String TEMPLATE = "myapp_source";
    static final String CLONE = "myapp_dev";

    private MyApp() {}

    static Endpoint proxy() {
        return ProxyUnderTest.shared().endpoint();
    }

    /** A connection of the admin through the proxy. */
    static Connection connect() throws SQLException {
        return proxy().connect("postgres", ADMIN, PASSWORD);
    }

    /** Makes the roles that are missing and asks for no free space beyond what a clone needs. */
    static void prepare() throws SQLException {
        ProxyUnderTest proxy = ProxyUnderTest.shared();
        TestDatabase.execute(
                "postgres",
                role(ADMIN, "LOGIN PASSWORD '" + PASSWORD + "'"),
                role("myapp_app", "LOGIN PASSWORD '" + PASSWORD + "'"),
                role("app_writer", "NOLOGIN"),
                "GRANT pgclonedb_user TO " + ADMIN);
        try (Connection superuser =
                        proxy.endpoint().connect("postgres", PostgresServer.SUPERUSER, PostgresServer.PASSWORD);
                Statement statement = superuser.createStatement()) {
            statement.execute("SELECT pgclonedb.configure(min_free_bytes := 0)");
        }
    }

    /** Leaves the template closed and no clone, whatever the test before did. */
    static void reset() throws SQLException {
        if (exists(CLONE)) {
            TestDatabase.execute("postgres", "DROP DATABASE " + CLONE + " WITH (FORCE)");
        }
        if (!exists(TEMPLATE)) {
            TestDatabase.execute("postgres", "CREATE DATABASE " + TEMPLATE + " OWNER " + ADMIN);
            TestDatabase.execute(
                    TEMPLATE,
                    "CREATE TABLE things AS SELECT g AS id, 'thing ' || g AS name FROM generate_series(1, 100) g",
                    "ALTER TABLE things OWNER TO " + ADMIN);
        }
        if (!state(TEMPLATE).equals("closed")) {
            TestDatabase.execute(
                    "postgres", "ALTER DATABASE " + TEMPLATE + " WITH ALLOW_CONNECTIONS false IS_TEMPLATE true");
        }
    }

    private static String role(String name, String options) {
        return "DO $$ BEGIN CREATE ROLE " + name + " " + options
                + "; EXCEPTION WHEN duplicate_object THEN NULL; END $$";
    }

    static boolean exists(String database) throws SQLException {
        return ask("SELECT EXISTS (SELECT FROM pg_database WHERE datname = '" + database + "')")
                .equals("t");
    }

    /** {@code open}, {@code closed} or whatever else the two flags may say. */
    static String state(String database) throws SQLException {
        return switch (ask("SELECT datallowconn::text || ' ' || datistemplate FROM pg_database WHERE datname = '"
                + database + "'")) {
            case "true false" -> "open";
            case "false true" -> "closed";
            default -> "neither open nor closed";
        };
    }

    private static String ask(String query) throws SQLException {
        try (Statement statement = Direct.CONNECTION.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    /** One connection straight to the server for all the questions of all tests. */
    private static final class Direct {
        static final Connection CONNECTION = open();

        private static Connection open() {
            try {
                return PostgresServer.shared().connect("postgres");
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
