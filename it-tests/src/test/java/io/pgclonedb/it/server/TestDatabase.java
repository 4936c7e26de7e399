package io.pgclonedb.it.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** An empty database of a test's own on the shared server, dropped when it is closed. */
public record TestDatabase(String name) implements AutoCloseable {
    /** Creates it, in place of one that a run before has left behind. */
    public static TestDatabase create(String name) throws SQLException {
        TestDatabase database = new TestDatabase(name);
        database.close();
        execute("postgres", "CREATE DATABASE " + name);
        return database;
    }

    /** Runs statements as superuser, each by itself, straight on the shared server. */
    public static void execute(String database, String... statements) throws SQLException {
        try (Connection connection = PostgresServer.shared().connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        execute("postgres", "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }
}
