package io.pgclonedb.it.calls;

import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.policy.FunctionCatalog;
import io.pgclonedb.proxy.admin.AdminConnections;
import io.pgclonedb.proxy.config.BackendConfig;
import io.pgclonedb.proxy.config.ProxyConfig;
import io.pgclonedb.proxy.control.ControlDatabase;
import io.pgclonedb.proxy.control.SettingsChange;
import io.pgclonedb.proxy.control.Settler;
import io.pgclonedb.proxy.operation.CallObserver;
import io.pgclonedb.proxy.operation.CallServices;
import io.pgclonedb.proxy.operation.StubInstallation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The server under test with two onboarded applications of a test's own on it, all functions enabled, the disk check off, and a
 * superuser's view of everything. Databases and roles are named after the application, so that {@link #close} finds them.
 */
public final class TestCluster implements AutoCloseable {
    /** The password of every role that this class makes. */
    public static final String PASSWORD = "demo";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final String CONTROL = "calls_it";

    private final PostgresServer server = PostgresServer.shared();
    private final int number = NUMBER.incrementAndGet();
    private final List<Calls.Session> sessions = new ArrayList<>();
    private final List<OneProxy> otherProxies = new ArrayList<>();
    private final OneProxy proxy = OneProxy.of(server);

    /** Everything made. */
    public TestCluster() throws SQLException {
        onboard(app());
        onboard(otherApp());
        proxy.control.transaction(connection -> {
            Map<String, Boolean> all = FunctionCatalog.functions().stream()
                    .collect(Collectors.toMap(function -> function.name(), function -> true));
            proxy.services.settings().update(connection, new SettingsChange(-1L, null, all));
            return 0;
        });
    }

    /** What a proxy has; one of them serves all tests of a run, as it would all applications of a cluster. */
    private record OneProxy(ControlDatabase control, CallServices services) implements AutoCloseable {
        private static @Nullable OneProxy shared;

        static synchronized OneProxy of(PostgresServer server) {
            OneProxy proxy = shared;
            if (proxy == null) {
                proxy = start(server);
                shared = proxy;
            }
            return proxy;
        }

        static OneProxy start(PostgresServer server) {
            BackendConfig backend = backend(server);
            AdminConnections connections = connections(backend);
            ControlDatabase control = ControlDatabase.open(connections, backend, CONTROL);
            return new OneProxy(control, CallServices.create(config(backend), connections, control, CallObserver.NONE));
        }

        static BackendConfig backend(PostgresServer server) {
            return new BackendConfig(
                    server.host(), server.port(), PostgresServer.SUPERUSER, PostgresServer.PASSWORD, "postgres");
        }

        static AdminConnections connections(BackendConfig backend) {
            return new AdminConnections(backend, Duration.ofSeconds(5));
        }

        private static ProxyConfig config(BackendConfig backend) {
            return new ProxyConfig(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    backend,
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    CONTROL,
                    null,
                    0,
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(30),
                    0,
                    0,
                    100,
                    Duration.ofSeconds(5),
                    false,
                    true,
                    4,
                    ProxyConfig.LogLevel.INFO,
                    ProxyConfig.LogFormat.TEXT);
        }

        @Override
        public void close() {
            services.close();
            control.close();
        }
    }

    /** Makes an application admin; what its databases are called begins with {@code application}. */
    public void onboard(String application) throws SQLException {
        execute("CREATE ROLE \"" + application + "_db_admin\" LOGIN PASSWORD '" + PASSWORD
                + "' IN ROLE pgclonedb_user");
    }

    /** The server's major version. */
    public int version() {
        return server.version();
    }

    /** The calls of one proxy. */
    public Calls calls() {
        return new OperationCalls(server, proxy.services);
    }

    /** The calls of another proxy on the same control database. */
    public Calls callsOfAnotherProxy() {
        OneProxy another = OneProxy.start(server);
        otherProxies.add(another);
        return new OperationCalls(server, another.services);
    }

    /** What {@code pgclonedb install-stubs} runs. */
    public StubInstallation stubs() {
        return new StubInstallation(OneProxy.connections(OneProxy.backend(server)), CONTROL);
    }

    /** What tells how operations of dead proxies ended. */
    public Settler settler() {
        return proxy.services.settler();
    }

    /** The application under test. */
    public String app() {
        return "ca" + number;
    }

    /** Another application of the cluster. */
    public String otherApp() {
        return "cz" + number;
    }

    /** The admin role of the application. */
    public String admin() {
        return app() + "_db_admin";
    }

    /** The name of a database in scope, or of a role. */
    public String name(String suffix) {
        return app() + "_" + suffix;
    }

    /** A session of the application's admin in database {@code postgres}. */
    public Calls.Session login() throws SQLException {
        return login(admin(), "");
    }

    /** A session of a superuser in database {@code postgres}. */
    public Calls.Session superuser() throws SQLException {
        return login(PostgresServer.SUPERUSER, "");
    }

    /** A session in database {@code postgres} with startup options. */
    public Calls.Session login(String role, String options) throws SQLException {
        Calls.Session session = calls().login(role, PASSWORD, "postgres", options);
        sessions.add(session);
        return session;
    }

    /** A superuser's connection, straight to the server; for the caller to close. */
    public Connection connect(String database) throws SQLException {
        return server.connect(database);
    }

    /** A connection straight to the server; for the caller to close. */
    public Connection connect(String database, String role, String password) throws SQLException {
        return server.connect(database, role, password);
    }

    /** As superuser, in database {@code postgres}. */
    public void execute(String... commands) throws SQLException {
        executeIn("postgres", commands);
    }

    /** As superuser. */
    public void executeIn(String database, String... commands) throws SQLException {
        try (Connection connection = server.connect(database)) {
            run(connection, commands);
        }
    }

    /** As the application's admin. */
    public void executeAsAdmin(String database, String... commands) throws SQLException {
        try (Connection connection = server.connect(database, admin(), PASSWORD)) {
            run(connection, commands);
        }
    }

    private static void run(Connection connection, String... commands) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    /** The first column of all rows, joined by line feeds. */
    public String ask(String query) throws SQLException {
        return askIn("postgres", query);
    }

    /** The same in the control database. */
    public String askControl(String query) throws SQLException {
        return askIn(CONTROL, query);
    }

    /** The same in any database. */
    public String askIn(String database, String query) throws SQLException {
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

    /** The last row of the audit: caller, operation, target, outcome and SQLSTATE. */
    public String lastAudit() throws SQLException {
        return askControl("SELECT concat_ws(' ', caller, operation, target, outcome, sqlstate) FROM control.audit"
                + " ORDER BY id DESC LIMIT 1");
    }

    /**
     * Plants an event trigger of which the function belongs to the admin, who makes it take the superuser attribute.
     *
     * @param event of the trigger
     */
    public void plantEventTrigger(String database, String event) throws SQLException {
        executeIn(
                database,
                "CREATE SCHEMA evil AUTHORIZATION " + admin(),
                "CREATE FUNCTION evil.trap() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
                "ALTER FUNCTION evil.trap() OWNER TO " + admin(),
                "CREATE EVENT TRIGGER harmless ON " + event + " EXECUTE FUNCTION evil.trap()");
        executeAsAdmin(
                database,
                "CREATE OR REPLACE FUNCTION evil.trap() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " EXECUTE 'ALTER ROLE " + admin() + " SUPERUSER';"
                        + " EXCEPTION WHEN insufficient_privilege THEN NULL; END $$");
    }

    @Override
    public void close() throws SQLException {
        otherProxies.forEach(OneProxy::close);
        for (Calls.Session session : sessions) {
            session.close();
        }
        String own = "~ '^(" + app() + "|" + otherApp() + ")(_|$)'";
        for (String name : ask("SELECT quote_ident(datname) FROM pg_database WHERE datname " + own)
                .lines()
                .toList()) {
            execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true IS_TEMPLATE false");
            execute("DROP DATABASE " + name + " WITH (FORCE)");
        }
        String roles = ask("SELECT string_agg(quote_ident(rolname), ', ') FROM pg_roles WHERE rolname " + own);
        execute("DROP OWNED BY " + roles, "DROP ROLE " + roles);
    }
}
