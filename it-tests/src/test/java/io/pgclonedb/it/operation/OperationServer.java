package io.pgclonedb.it.operation;

import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.policy.FunctionCatalog;
import io.pgclonedb.proxy.admin.AdminConnections;
import io.pgclonedb.proxy.config.BackendConfig;
import io.pgclonedb.proxy.config.ProxyConfig;
import io.pgclonedb.proxy.control.ControlDatabase;
import io.pgclonedb.proxy.control.SettingsChange;
import io.pgclonedb.proxy.operation.CallObserver;
import io.pgclonedb.proxy.operation.CallServices;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The server under test with an application of a test's own on it: its admin role, its databases (all named after it), and the
 * call services of one proxy with a control database of their own. The disk check is off unless a test turns it on.
 *
 * <p>Registered with a test class it is there for all its tests, and as new for each of them.
 */
final class OperationServer implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, AutoCloseable {
    static final String PASSWORD = "demo";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final PostgresServer server = PostgresServer.shared();
    private final int number = NUMBER.incrementAndGet();
    private final String controlName = "operation_it_" + number;
    private final List<Caller> callers = new ArrayList<>();
    private final List<Connection> users = new ArrayList<>();
    private final AdminConnections connections = new AdminConnections(backend(), Duration.ofSeconds(8));
    private final CallObserver observer;
    private final @Nullable Path dataPath;
    private ControlDatabase control;
    private CallServices services;

    OperationServer() {
        this(CallObserver.NONE, null);
    }

    /** With a local path in place of {@code df}, when it is not null. */
    OperationServer(CallObserver observer, @Nullable Path dataPath) {
        this.observer = observer;
        this.dataPath = dataPath;
    }

    @Override
    public void beforeAll(ExtensionContext tests) throws SQLException {
        start();
    }

    @Override
    public void afterEach(ExtensionContext test) throws SQLException {
        reset();
    }

    @Override
    public void afterAll(ExtensionContext tests) throws SQLException {
        close();
    }

    /** Makes the control database and the application's admin; what is registered with a test class is started by it. */
    OperationServer start() throws SQLException {
        control = ControlDatabase.open(connections, backend(), controlName);
        services = CallServices.create(config(dataPath), connections, control, observer);
        execute("CREATE ROLE " + admin() + " LOGIN PASSWORD '" + PASSWORD + "' IN ROLE pgclonedb_user");
        minFreeBytes(-1);
        return this;
    }

    private BackendConfig backend() {
        return new BackendConfig(
                server.host(), server.port(), PostgresServer.SUPERUSER, PostgresServer.PASSWORD, "postgres");
    }

    private ProxyConfig config(@Nullable Path dataPath) {
        return new ProxyConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                backend(),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                controlName,
                dataPath,
                0,
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                0,
                0,
                100,
                Duration.ofSeconds(8),
                false,
                true,
                4,
                ProxyConfig.LogLevel.INFO,
                ProxyConfig.LogFormat.TEXT);
    }

    int version() {
        return server.version();
    }

    CallServices services() {
        return services;
    }

    ControlDatabase control() {
        return control;
    }

    /** A second proxy on the same control database. */
    CallServices anotherProxy() {
        return CallServices.create(config(null), connections, control, CallObserver.NONE);
    }

    /** The name of the application's admin role. */
    String admin() {
        return "op" + number + "_db_admin";
    }

    /** The name of a database in the application's scope. */
    String database(String suffix) {
        return "op" + number + "_" + suffix;
    }

    void minFreeBytes(long bytes) {
        control.transaction(connection -> {
            services.settings().update(connection, new SettingsChange(bytes, null, Map.of()));
            return bytes;
        });
    }

    void enableAll() {
        control.transaction(connection -> {
            for (var function : FunctionCatalog.functions()) {
                services.settings().update(connection, new SettingsChange(null, null, Map.of(function.name(), true)));
            }
            return 0;
        });
    }

    /** A session of the application's admin, connected to {@code postgres}. */
    Caller caller() throws SQLException {
        return caller("postgres", admin(), PASSWORD);
    }

    /** A session of a superuser, connected to {@code postgres}. */
    Caller superuser() throws SQLException {
        return caller("postgres", PostgresServer.SUPERUSER, PostgresServer.PASSWORD);
    }

    Caller caller(String database, String role, String password) throws SQLException {
        Caller caller = new Caller(services, server.connect(database, role, password), database, role);
        callers.add(caller);
        return caller;
    }

    /** Another client, a superuser; it leaves after the test. */
    Connection connect(String database) throws SQLException {
        Connection user = server.connect(database);
        users.add(user);
        return user;
    }

    Connection connect(String database, String role, String password) throws SQLException {
        return server.connect(database, role, password);
    }

    void execute(String... commands) throws SQLException {
        executeIn("postgres", commands);
    }

    void executeIn(String database, String... commands) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    /** The first column of all rows, joined by line feeds. */
    String ask(String query) throws SQLException {
        return askIn("postgres", query);
    }

    String askControl(String query) throws SQLException {
        return askIn(controlName, query);
    }

    private String askIn(String database, String query) throws SQLException {
        try (Connection connection = server.connect(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (row.next()) {
                values.add(row.getString(1));
            }
            return String.join("\n", values);
        }
    }

    /** A template with a setting for a role; see {@link #holdBackClones}. */
    String template() throws SQLException {
        String template = database("source");
        String role = database("held");
        execute(
                "CREATE DATABASE " + template,
                "CREATE ROLE " + role,
                "ALTER ROLE " + role + " IN DATABASE " + template + " SET jit = off");
        return template;
    }

    /** The same in a session of its own. */
    Connection holdBackClones() throws SQLException {
        Connection blocker = connect("postgres");
        holdBackClones(blocker);
        return blocker;
    }

    /** While the transaction is open, clones of {@link #template} are created but cannot be finished. */
    void holdBackClones(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP ROLE " + database("held"));
        }
    }

    /** The server process of a session. */
    static int pid(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Flags of a database: connections allowed, template, connection limit; empty when it does not exist. */
    String flags(String database) throws SQLException {
        return ask("SELECT datallowconn || ' ' || datistemplate || ' ' || datconnlimit FROM pg_database"
                + " WHERE datname = '" + database.replace("'", "''") + "'");
    }

    /** The last row of the audit: operation, target, outcome and SQLSTATE. */
    String lastAudit() throws SQLException {
        return askControl("SELECT concat_ws(' ', operation, target, outcome, sqlstate) FROM control.audit"
                + " ORDER BY id DESC LIMIT 1");
    }

    /** Removes what a test has made, so that the next one finds the application as new. */
    void reset() throws SQLException {
        for (Caller caller : callers) {
            caller.close();
        }
        callers.clear();
        for (Connection user : users) {
            user.close();
        }
        users.clear();
        String own = "'op" + number + "\\_%'";
        for (String name : lines("SELECT datname FROM pg_database WHERE datname LIKE " + own)) {
            drop(name);
        }
        for (String role : lines("SELECT quote_ident(rolname) FROM pg_roles WHERE rolname LIKE " + own
                + " AND rolname <> '" + admin() + "'")) {
            execute("DROP ROLE " + role);
        }
        minFreeBytes(-1);
    }

    @Override
    public void close() throws SQLException {
        reset();
        services.close();
        control.close();
        execute("DROP DATABASE " + controlName + " WITH (FORCE)", "DROP ROLE " + admin());
    }

    private List<String> lines(String query) throws SQLException {
        return ask(query).lines().toList();
    }

    private void drop(String name) throws SQLException {
        String quoted = '"' + name.replace("\"", "\"\"") + '"';
        if (!flags(name).endsWith("-2")) {
            execute("ALTER DATABASE " + quoted + " ALLOW_CONNECTIONS true IS_TEMPLATE false");
        }
        execute("DROP DATABASE " + quoted + " WITH (FORCE)");
    }
}
