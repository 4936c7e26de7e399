package io.pgclonedb.it.cheatsheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgclonedb.it.passthrough.ClientProgram;
import io.pgclonedb.it.passthrough.Dump;
import io.pgclonedb.it.proxy.ProxySettings;
import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.server.TestDatabase;
import io.pgclonedb.it.wire.Endpoint;
import io.pgclonedb.it.wire.Frontend;
import io.pgclonedb.it.wire.Message;
import io.pgclonedb.it.wire.RawClient;
import io.pgclonedb.it.wire.Trace;
import io.pgclonedb.policy.Function;
import io.pgclonedb.policy.FunctionCatalog;
import io.pgclonedb.policy.FunctionKind;
import io.pgclonedb.proxy.admin.AdminConnections;
import io.pgclonedb.proxy.config.ProxyConfig;
import io.pgclonedb.proxy.operation.StubInstallation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that has the stubs: clients see the functions, and calls through the proxy go as in one that has none. */
class StubbedDatabaseIT {
    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final String STUBBED = "myapp_stubbed";
    private static final String PLAIN = "myapp_plain";
    private static final String RESTORED = "myapp_restored";
    private static final String ADDRESS = "proxy.example.com:6432";

    @BeforeAll
    static void databases() throws SQLException {
        MyApp.prepare();
        TestDatabase.create(STUBBED);
        TestDatabase.create(PLAIN);
        install(STUBBED);
    }

    @BeforeEach
    void reset() throws SQLException {
        MyApp.reset();
    }

    @AfterAll
    static void drop() throws SQLException {
        for (String name : List.of(STUBBED, PLAIN, RESTORED)) {
            new TestDatabase(name).close();
        }
    }

    private static void install(String database) {
        ProxyConfig config = ProxySettings.before(SERVER.endpoint()).build();
        new StubInstallation(new AdminConnections(config.backend(), config.lockTimeout()), config.controlDatabase())
                .install(database, ADDRESS);
    }

    private static Connection asAdmin(Endpoint endpoint) throws SQLException {
        return endpoint.connect(STUBBED, MyApp.ADMIN, MyApp.PASSWORD);
    }

    private static List<Function> functions() {
        return FunctionCatalog.functions();
    }

    // what clients see

    @Test
    void listsTheFunctionsToGraphicalClients() throws SQLException {
        Map<String, String> comments = new TreeMap<>();
        try (Connection connection = asAdmin(MyApp.proxy());
                ResultSet rows = connection.getMetaData().getFunctions(null, "pgclonedb", "%")) {
            while (rows.next()) {
                comments.put(rows.getString("FUNCTION_NAME"), rows.getString("REMARKS"));
            }
        }
        assertThat(comments)
                .isEqualTo(functions().stream().collect(Collectors.toMap(Function::name, Function::description)));
    }

    @Test
    void isForApplicationAdminsToUse() throws SQLException {
        try (Connection connection = asAdmin(MyApp.proxy())) {
            assertThat(text(
                            connection,
                            "SELECT count(*) FROM information_schema.routines" + " WHERE routine_schema = 'pgclonedb'"))
                    .isEqualTo(Integer.toString(functions().size()));
            assertThat(text(
                            connection,
                            "SELECT count(*) FROM pg_proc WHERE pronamespace = 'pgclonedb'::regnamespace"
                                    + " AND has_function_privilege('myapp_app', oid, 'EXECUTE')"))
                    .isEqualTo("0");
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void showsASignatureAsTheCatalogueHasIt(Function function) throws SQLException {
        try (Connection connection = asAdmin(MyApp.proxy())) {
            String shown = text(
                    connection,
                    "SELECT pg_get_function_arguments(oid) || ' -> ' || pg_get_function_result(oid) FROM pg_proc"
                            + " WHERE pronamespace = 'pgclonedb'::regnamespace AND proname = '" + function.name()
                            + "'");
            // the server shows the types of defaults
            assertThat("("
                            + shown.replaceAll("NULL::(text|interval|bigint|timestamp with time zone)", "NULL")
                                    .replace("'-1'::integer", "-1"))
                    .startsWith(function.signature()
                                    .substring(function.qualifiedName().length())
                                    .replaceAll("\\)$", "") + " -> ");
            assertThat(shown.replace("timestamp with time zone", "timestamptz"))
                    .endsWith(
                            function.kind() == FunctionKind.READS_ROWS
                                    ? function.columns().stream()
                                            .map(column -> column.name() + " " + column.type())
                                            .collect(Collectors.joining(", ", "-> TABLE(", ")"))
                                    : "-> text");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\df pgclonedb.*",
                "\\df+ pgclonedb.create_*",
                "\\dn+ pgclonedb",
                "\\sf pgclonedb.help",
                "\\sf+ pgclonedb.create_database(text, text, text, text, text, text)",
                "SELECT pg_get_functiondef('pgclonedb.get_audit_log(int, text)'::regprocedure);",
                "SELECT 'pgclonedb.help(text)'::regprocedure;",
                "COMMENT ON FUNCTION pgclonedb.help(text) IS 'no';",
                "ALTER FUNCTION pgclonedb.help(text) OWNER TO myapp_db_admin;",
                "GRANT EXECUTE ON FUNCTION pgclonedb.drop_database(text, boolean) TO PUBLIC;",
                "REVOKE ALL ON FUNCTION pgclonedb.help(text), pgclonedb.show_config() FROM PUBLIC;",
                "CREATE OR REPLACE FUNCTION pgclonedb.help(function_name text DEFAULT 'x') RETURNS text LANGUAGE sql AS"
                        + " 'SELECT function_name';",
                "ALTER ROUTINE pgclonedb.help(function_name text) RENAME TO other;",
                "ALTER EXTENSION plpgsql ADD FUNCTION pgclonedb.help(text);",
                "SECURITY LABEL ON FUNCTION pgclonedb.help(text) IS 'no';",
                "CREATE CAST (text AS point) WITH FUNCTION pgclonedb.help(text);",
                "DROP FUNCTION pgclonedb.create_role(text, text, boolean, boolean, boolean, integer, timestamp with time"
                        + " zone);",
            })
    void psqlShowsAndIsRefusedTheSameWithAndWithoutTheProxy(String line) {
        ClientProgram psql = ClientProgram.installed("psql");
        ClientProgram.Output direct =
                psql.runAs(MyApp.ADMIN, MyApp.PASSWORD, SERVER.endpoint(), STUBBED, line + "\n", "--no-psqlrc");
        ClientProgram.Output proxied =
                psql.runAs(MyApp.ADMIN, MyApp.PASSWORD, MyApp.proxy(), STUBBED, line + "\n", "--no-psqlrc");
        assertThat(direct.out() + direct.errors()).isNotEmpty();
        assertThat(proxied).isEqualTo(direct);
    }

    // who calls a stub

    @ParameterizedTest
    @MethodSource("functions")
    void tellsWhoeverCallsItWithoutTheProxyWhereTheProxyIs(Function function) throws SQLException {
        String arguments = function.parameters().stream()
                .map(parameter ->
                        parameter.name() + " := NULL::" + parameter.type().sqlName())
                .collect(Collectors.joining(", "));
        try (Connection direct = asAdmin(SERVER.endpoint());
                Statement statement = direct.createStatement()) {
            assertThatThrownBy(() ->
                            statement.execute("SELECT * FROM " + function.qualifiedName() + "(" + arguments + ")"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            error -> assertThat(error.getSQLState()).isEqualTo("0A000"))
                    .hasMessageContaining(
                            "connect through the proxy at " + ADDRESS + " to call " + function.qualifiedName());
        }
    }

    @Test
    void tellsSoThroughTheProxyWhereTheProxyCannotSeeTheCall() throws SQLException {
        try (Connection connection = asAdmin(MyApp.proxy());
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = pgclonedb");
            assertThatThrownBy(() -> statement.execute("SELECT help()"))
                    .hasMessageContaining("connect through the proxy")
                    .hasMessageContaining("write the call with its schema, outside of functions and DO blocks");
        }
    }

    // calls through the proxy

    static Stream<String> queries() {
        return Stream.of(
                "SELECT pgclonedb.help()",
                "SELECT pgclonedb.help('create_database') AS h",
                "SELECT * FROM pgclonedb.help() AS h(t)",
                "SELECT * FROM pgclonedb.show_config() ORDER BY setting DESC LIMIT 3",
                "COPY (SELECT setting FROM pgclonedb.show_config()) TO STDOUT",
                "SELECT id, caller, arguments FROM pgclonedb.get_audit_log(max_rows := 1) WHERE false",
                "SELECT pgclonedb.open_database('myapp_source')",
                "SELECT pgclonedb.close_database(dbname := 'myapp_source', terminate_backends := true) AS closed",
                "SELECT pgclonedb.create_database('other_dev', 'myapp_source')",
                "SELECT pgclonedb.create_database(dbname := 'myapp_dev')",
                "SELECT pgclonedb.creat_database('myapp_dev')",
                "SELECT pgclonedb.create_database(1, 2)",
                "SELECT pgclonedb.create_role('myapp_new', password := 'S3cure!')",
                "SELECT pgclonedb.configure(enable := 'all')",
                "SELECT pgclonedb.help",
                "SELECT upper(pgclonedb.open_database('myapp_source'))",
                "SELECT 1 WHERE pgclonedb.drop_database('myapp_dev') IS NULL",
                "CREATE VIEW v AS SELECT pgclonedb.help()",
                "EXPLAIN (COSTS off) SELECT pgclonedb.drop_database('myapp_dev')",
                "PREPARE p AS SELECT pgclonedb.drop_database('myapp_dev')",
                "SELECT pgclonedb.drop_database('myapp_dev'), 1/0",
                "SELECT pgclonedb.drop_database('myapp_dev",
                "SELECT pgclonedb.nothing, 'pgclonedb.help()', \"pgclonedb\".help() FROM nowhere");
    }

    private static String traced(String database, List<byte[]> requests) {
        StringBuilder trace = new StringBuilder();
        try (RawClient client = RawClient.login(MyApp.proxy(), database, MyApp.ADMIN, MyApp.PASSWORD)) {
            for (byte[] request : requests) {
                client.send(request);
                for (Message message : client.receiveUntilReady()) {
                    trace.append(Trace.backend(message)).append('\n');
                }
            }
        }
        return trace.toString();
    }

    private static void goTheSame(byte[]... requests) throws SQLException {
        MyApp.reset();
        String plain = traced(PLAIN, List.of(requests));
        MyApp.reset();
        assertThat(traced(STUBBED, List.of(requests))).isEqualTo(plain).doesNotContain("connect through the proxy");
    }

    @ParameterizedTest
    @MethodSource("queries")
    void simpleQueriesGoAsWithoutStubs(String sql) throws SQLException {
        goTheSame(Frontend.query(sql), Frontend.query("SELECT 1"));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void queriesInATransactionGoAsWithoutStubs(String sql) throws SQLException {
        goTheSame(
                Frontend.query("BEGIN"),
                Frontend.query(sql),
                Frontend.query("SELECT 1"),
                Frontend.query("ROLLBACK"),
                Frontend.query("SELECT 1"));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void extendedQueriesGoAsWithoutStubs(String sql) throws SQLException {
        goTheSame(
                Frontend.join(Frontend.parse("s", sql), Frontend.describeStatement("s"), Frontend.sync()),
                Frontend.join(
                        Frontend.bind("", "s"), Frontend.describePortal(""), Frontend.execute("", 0), Frontend.sync()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT pgclonedb.help($1)",
                "SELECT pgclonedb.open_database($1)",
                "SELECT * FROM pgclonedb.open_database(dbname := $1)",
                "SELECT pgclonedb.reset_password('myapp_app', $1)"
            })
    void parametersGoAsWithoutStubs(String sql) throws SQLException {
        goTheSame(
                Frontend.join(Frontend.parse("s", sql), Frontend.describeStatement("s"), Frontend.sync()),
                Frontend.join(Frontend.bind("", "s", "myapp_source"), Frontend.execute("", 0), Frontend.sync()),
                Frontend.join(Frontend.bind("", "s", (String) null), Frontend.execute("", 0), Frontend.sync()));
    }

    // copies

    @Test
    void clonesHaveTheStubs() throws SQLException {
        TestDatabase.execute("postgres", "ALTER DATABASE " + MyApp.TEMPLATE + " ALLOW_CONNECTIONS true");
        install(MyApp.TEMPLATE);
        TestDatabase.execute("postgres", "ALTER DATABASE " + MyApp.TEMPLATE + " ALLOW_CONNECTIONS false");
        try (Connection connection = MyApp.connect()) {
            text(connection, "SELECT pgclonedb.create_database('myapp_dev', 'myapp_source')");
        }
        try (Connection clone = MyApp.proxy().connect(MyApp.CLONE, MyApp.ADMIN, MyApp.PASSWORD)) {
            assertThat(text(clone, "SELECT count(*) FROM pg_proc WHERE pronamespace = 'pgclonedb'::regnamespace"))
                    .isEqualTo(Integer.toString(functions().size()));
            assertThat(text(clone, "SELECT pgclonedb.help()")).contains("create_database");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--inserts", "--clean --if-exists", "--quote-all-identifiers"})
    void aDumpReadsTheSameThroughTheProxyAndIsRestoredThroughIt(String options) throws SQLException {
        // given
        String[] all = options.split(" ", -1);
        TestDatabase.create(RESTORED);
        // when
        String script = Dump.of(MyApp.proxy(), STUBBED, all);
        ClientProgram.Output restored = ClientProgram.installed("psql")
                .run(
                        MyApp.proxy(),
                        RESTORED,
                        // the words that guard the script against what psql would take for commands are cut out of it
                        script.replaceAll("(?m)^\\\\(un)?restrict$", ""),
                        "--no-psqlrc",
                        "--quiet",
                        "--set=ON_ERROR_STOP=on");
        // then
        assertThat(script).isEqualTo(Dump.of(SERVER.endpoint(), STUBBED, all)).contains("pgclonedb");
        assertThat(restored.errors().lines().filter(line -> !line.startsWith("NOTICE")))
                .isEmpty();
        assertThat(Dump.of(SERVER.endpoint(), RESTORED, all)).isEqualTo(script);
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
