package io.pgclonedb.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.proxy.ProxyUnderTest;
import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.server.TestDatabase;
import io.pgclonedb.it.wire.Endpoint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An application of a test class's own on the shared server: its admin, a closed template with a hundred things in it, and a
 * second template whose clones take as long as a test wants. Beside it a database of somebody else's. Before each test the
 * templates are closed and there is no clone.
 */
final class Application implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    static final String PASSWORD = "admin's secret";

    /** A database of another application. */
    static final String OTHER_DATABASE = "rival_data";

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final String name;
    private @Nullable Connection server;

    private Application(String name) {
        this.name = name;
    }

    /** To be registered as an extension of a test class. */
    static Application named(String name) {
        return new Application(name);
    }

    /** Makes the roles and databases that are missing; no free space is asked for beyond what a clone needs. */
    @Override
    public void beforeAll(ExtensionContext context) throws SQLException {
        server = PostgresServer.shared().connect("postgres");
        try (Connection superuser = connect(PostgresServer.SUPERUSER, PostgresServer.PASSWORD);
                Statement statement = superuser.createStatement()) {
            statement.execute("SELECT pgclonedb.configure(min_free_bytes := 0)");
        }
        makeRole("rival_db_admin", "LOGIN IN ROLE pgclonedb_user");
        makeRole(admin(), "LOGIN IN ROLE pgclonedb_user PASSWORD '" + PASSWORD.replace("'", "''") + "'");
        makeRole(heldRole(), "NOLOGIN");
        makeDatabase(OTHER_DATABASE, "rival_db_admin");
        makeTemplate(template());
        makeTemplate(slowTemplate());
        execute("ALTER ROLE " + heldRole() + " IN DATABASE " + slowTemplate() + " SET jit = off");
    }

    /** The role that may clone. */
    String admin() {
        return name + "_db_admin";
    }

    /** Closed, with table {@code things}. */
    String template() {
        return name + "_source";
    }

    /** The name that tests give to their clone. */
    String copy() {
        return name + "_dev";
    }

    /** Its clones end only after {@link #holdBackClones} has ended. */
    String slowTemplate() {
        return name + "_slow_source";
    }

    /** The name that tests give to the clone that does not come to be. */
    String slowCopy() {
        return name + "_slow_dev";
    }

    private String heldRole() {
        return name + "_held";
    }

    /** Where drivers connect. */
    Endpoint proxy() {
        return ProxyUnderTest.shared().endpoint();
    }

    private Connection connect(String role, String password) throws SQLException {
        return proxy().connect("postgres", role, password);
    }

    /** What a client program is told: libpq's own variables, and the names of the databases. */
    Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("PGHOST", proxy().host()),
                Map.entry("PGPORT", String.valueOf(proxy().port())),
                Map.entry("PGUSER", admin()),
                Map.entry("PGPASSWORD", PASSWORD),
                Map.entry("PGDATABASE", "postgres"),
                Map.entry("APP_TEMPLATE", template()),
                Map.entry("APP_COPY", copy()),
                Map.entry("APP_SLOW_TEMPLATE", slowTemplate()),
                Map.entry("APP_SLOW_COPY", slowCopy()),
                Map.entry("OTHER_DATABASE", OTHER_DATABASE));
    }

    /**
     * Until the connection is closed, clones of {@link #slowTemplate} are copied but cannot be finished: they have to carry
     * over a setting of a role that somebody is about to drop.
     */
    Connection holdBackClones() throws SQLException {
        Connection blocker = PostgresServer.shared().connect("postgres");
        blocker.setAutoCommit(false);
        try (Statement statement = blocker.createStatement()) {
            statement.execute("DROP ROLE " + heldRole());
        }
        return blocker;
    }

    /** Waits until the slow clone has been copied, which is when a user grows impatient. */
    void awaitSlowCopy() throws Exception {
        await(() -> exists(slowCopy()));
    }

    /** Waits for what another thread or process is about to do. */
    static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("it happens within " + LIMIT).isLessThan(deadline);
            LockSupport.parkNanos(20_000_000L);
        }
    }

    boolean exists(String database) throws SQLException {
        return !flags(database).isEmpty();
    }

    /** {@code open}, {@code closed}, or empty where there is no such database; fails on anything in between. */
    String state(String database) throws SQLException {
        return switch (flags(database)) {
            case "true false" -> "open";
            case "false true" -> "closed";
            case "" -> "";
            default -> throw new AssertionError(database + " is neither open nor closed");
        };
    }

    private String flags(String database) throws SQLException {
        return String.join(
                "\n",
                column("SELECT datallowconn || ' ' || datistemplate FROM pg_database WHERE datname = '" + database
                        + "'"));
    }

    /** Operation, target and outcome of the newest calls of the admin, newest first. */
    List<String> audit(int rows) throws SQLException {
        try (Connection control = PostgresServer.shared().connect("pgclonedb")) {
            return column(
                    control,
                    "SELECT concat_ws(' ', operation, target, outcome, sqlstate) FROM control.audit WHERE caller = '"
                            + admin() + "' ORDER BY id DESC LIMIT " + rows);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) throws SQLException {
        reset();
    }

    /** Leaves the templates closed and no clone, whatever the test before did. */
    private void reset() throws SQLException {
        for (String database : column("SELECT datname FROM pg_database WHERE datname LIKE '" + name + "\\_%'")) {
            if (!database.equals(template()) && !database.equals(slowTemplate())) {
                execute("ALTER DATABASE " + database + " IS_TEMPLATE false");
                execute("DROP DATABASE " + database + " WITH (FORCE)");
            }
        }
        for (String database : List.of(template(), slowTemplate())) {
            execute("ALTER DATABASE " + database + " WITH ALLOW_CONNECTIONS false IS_TEMPLATE true");
        }
    }

    private void makeRole(String role, String options) throws SQLException {
        if (column("SELECT 1 FROM pg_roles WHERE rolname = '" + role + "'").isEmpty()) {
            execute("CREATE ROLE " + role + " " + options);
        }
    }

    private void makeDatabase(String database, String owner) throws SQLException {
        if (!exists(database)) {
            execute("CREATE DATABASE " + database + " OWNER " + owner);
        }
    }

    private void makeTemplate(String database) throws SQLException {
        if (!exists(database)) {
            makeDatabase(database, admin());
            TestDatabase.execute(
                    database,
                    "CREATE TABLE things (id integer PRIMARY KEY, name text NOT NULL)",
                    "INSERT INTO things SELECT g, 'thing ' || g FROM generate_series(1, 100) g",
                    "ALTER TABLE things OWNER TO " + admin());
        }
    }

    private void execute(String command) throws SQLException {
        try (Statement statement = server().createStatement()) {
            statement.execute(command);
        }
    }

    private List<String> column(String query) throws SQLException {
        return column(server(), query);
    }

    private static List<String> column(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (row.next()) {
                values.add(row.getString(1));
            }
            return values;
        }
    }

    private Connection server() {
        return Objects.requireNonNull(server, "the test has not begun");
    }

    @Override
    public void afterAll(ExtensionContext context) throws SQLException {
        if (server != null) {
            reset();
            server.close();
        }
    }
}
