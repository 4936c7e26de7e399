package io.pgclonedb.proxy.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The application {@code myapp}: its roles, and {@code myapp_source}, filled and closed, for its admin to clone. */
public final class DemoDatabase {
    /** The application. */
    public static final String APPLICATION = "myapp";

    /** Its template database. */
    public static final String TEMPLATE = "myapp_source";

    private static final List<String> ROLES = List.of(
            "CREATE ROLE myapp_app LOGIN PASSWORD '" + EmbeddedServer.PASSWORD + "'", "CREATE ROLE app_writer NOLOGIN");

    private static final List<String> CONTENT = List.of(
            "SET ROLE myapp_db_admin",
            "CREATE SCHEMA shop",
            "CREATE TABLE shop.customers (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL,"
                    + " email text NOT NULL UNIQUE, since date NOT NULL)",
            "CREATE TABLE shop.products (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL,"
                    + " price numeric(10, 2) NOT NULL CHECK (price > 0))",
            "CREATE TABLE shop.orders (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                    + " customer_id integer NOT NULL REFERENCES shop.customers, ordered_at timestamptz NOT NULL)",
            "CREATE TABLE shop.order_items (order_id integer NOT NULL REFERENCES shop.orders,"
                    + " product_id integer NOT NULL REFERENCES shop.products, quantity integer NOT NULL,"
                    + " PRIMARY KEY (order_id, product_id))",
            "INSERT INTO shop.customers (name, email, since) SELECT 'Customer ' || n, 'customer' || n || '@example.org',"
                    + " date '2024-01-01' + n % 700 FROM generate_series(1, 2000) AS n",
            "INSERT INTO shop.products (name, price) SELECT 'Product ' || n, 1 + n % 97 + 0.99 FROM"
                    + " generate_series(1, 500) AS n",
            "INSERT INTO shop.orders (customer_id, ordered_at) SELECT 1 + n % 2000,"
                    + " timestamptz '2025-01-01 00:00:00Z' + n * interval '37 minutes' FROM generate_series(1, 10000) AS n",
            "INSERT INTO shop.order_items SELECT o, 1 + (o * 7 + i * 131) % 500, 1 + (o + i) % 4"
                    + " FROM generate_series(1, 10000) AS o, generate_series(1, 3) AS i",
            "CREATE INDEX ON shop.orders (customer_id)",
            "GRANT USAGE ON SCHEMA shop TO myapp_app",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA shop TO myapp_app",
            "RESET ROLE",
            "ANALYZE");

    private DemoDatabase() {}

    /** Creates everything; the application's admin role must be there. */
    public static void create(EmbeddedServer server) throws SQLException {
        try (Connection connection = server.connect("postgres")) {
            run(connection, ROLES);
            run(connection, List.of("CREATE DATABASE " + TEMPLATE + " OWNER myapp_db_admin"));
        }
        try (Connection connection = server.connect(TEMPLATE)) {
            run(connection, CONTENT);
        }
        try (Connection connection = server.connect("postgres")) {
            run(connection, List.of("ALTER DATABASE " + TEMPLATE + " WITH ALLOW_CONNECTIONS false IS_TEMPLATE true"));
        }
    }

    private static void run(Connection connection, List<String> commands) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }
}
