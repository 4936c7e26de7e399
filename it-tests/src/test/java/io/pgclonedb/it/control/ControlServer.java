package io.pgclonedb.it.control;

import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.proxy.admin.AdminConnections;
import io.pgclonedb.proxy.config.BackendConfig;
import io.pgclonedb.proxy.control.AuditEntry;
import io.pgclonedb.proxy.control.ControlDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The server under test, a control database of a test's own on it, and a superuser's view of both. */
final class ControlServer implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final PostgresServer server = PostgresServer.shared();
    private final String name = "control_it_" + NUMBER.incrementAndGet();

    String name() {
        return name;
    }

    BackendConfig backend() {
        return new BackendConfig(
                server.host(), server.port(), PostgresServer.SUPERUSER, PostgresServer.PASSWORD, "postgres");
    }

    /** As a proxy of its own would have it. */
    AdminConnections connections() {
        return new AdminConnections(backend(), Duration.ofSeconds(10));
    }

    /** As a proxy of its own would open it. */
    ControlDatabase open() {
        return ControlDatabase.open(connections(), backend(), name);
    }

    void execute(String... commands) throws SQLException {
        executeIn("postgres", commands);
    }

    void executeIn(String database, String... commands) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    String ask(String query) throws SQLException {
        return askIn("postgres", query);
    }

    /** One value of the control database. */
    String askControl(String query) throws SQLException {
        return askIn(name, query);
    }

    private String askIn(String database, String query) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : "no row";
        }
    }

    Connection connect(String database, String user, String password) throws SQLException {
        return server.connect(database, user, password);
    }

    static AuditEntry entry(long callerOid, String operation, String target) {
        return new AuditEntry(
                callerOid, "myapp_db_admin", operation, target, Map.of("dbname", target), "127.0.0.1", "psql", 4711);
    }

    @Override
    public void close() throws SQLException {
        execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }
}
