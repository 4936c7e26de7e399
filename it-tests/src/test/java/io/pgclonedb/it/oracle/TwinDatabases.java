package io.pgclonedb.it.oracle;

import io.pgclonedb.it.golden.Conversation;
import io.pgclonedb.it.proxy.ProxyUnderTest;
import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.server.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Two databases that differ in one thing: in one the functions really exist, and it is reached directly; the other has none
 * and is reached through the proxy. Both belong to the admin of the application {@code orc}, who has an open database and a
 * closed one to name in calls.
 */
final class TwinDatabases implements AutoCloseable {
    private static final String ADMIN = "orc_db_admin";
    private static final String PASSWORD = "admin secret";
    private static final String PLAIN = "orc_plain";
    private static final String PROXIED = "orc_proxy";
    private static final List<String> DATABASES = List.of(PLAIN, PROXIED, "orc_open", "orc_more", "orc_closed");

    private final Connection control;
    private final Connection plain;
    private final Side oracle;
    private final Side proxy;

    private TwinDatabases(Connection control, Connection plain) {
        this.control = control;
        this.plain = plain;
        oracle = new Side(
                "PostgreSQL",
                PostgresServer.shared().endpoint(),
                login(PLAIN),
                Side.counting(
                        plain, "SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END FROM oracle.acts"));
        proxy = new Side(
                "the proxy",
                ProxyUnderTest.shared().endpoint(),
                login(PROXIED),
                Side.counting(
                        control,
                        "SELECT count(*) FROM control.audit WHERE outcome = 'succeeded' AND caller = '" + ADMIN + "'"));
    }

    private static Conversation.Login login(String database) {
        return new Conversation.Login(ADMIN, PASSWORD, database);
    }

    /** Everything made and recorded. */
    static TwinDatabases create() throws SQLException {
        ProxyUnderTest.shared();
        PostgresServer server = PostgresServer.shared();
        drop();
        TestDatabase.execute(
                "postgres",
                "CREATE ROLE " + ADMIN + " LOGIN CREATEDB PASSWORD '" + PASSWORD + "' IN ROLE pgclonedb_user");
        for (String database : DATABASES) {
            TestDatabase.execute("postgres", "CREATE DATABASE " + database + " OWNER " + ADMIN);
        }
        TestDatabase.execute("postgres", "ALTER DATABASE orc_closed ALLOW_CONNECTIONS false IS_TEMPLATE true");
        for (String database : List.of(PLAIN, PROXIED)) {
            TestDatabase.execute(
                    database,
                    "ALTER SCHEMA public OWNER TO " + ADMIN,
                    "CREATE TABLE notes (n int, note text)",
                    "ALTER TABLE notes OWNER TO " + ADMIN);
        }
        TestDatabase.execute(PLAIN, OracleFunctions.definitions().toArray(String[]::new));
        TwinDatabases twins = new TwinDatabases(server.connect("pgclonedb"), server.connect(PLAIN));
        twins.record();
        return twins;
    }

    private void record() throws SQLException {
        try (Connection admin = proxy.endpoint().connect(PROXIED, ADMIN, PASSWORD)) {
            for (String role : List.of("orc_a", "orc_b", "orc_c")) {
                refused(admin, "SELECT pgclonedb.drop_role('" + role + "')");
            }
            for (RecordedCall call : RecordedCalls.ALL) {
                call.record(admin, plain);
            }
        }
    }

    /** Leaves a row in the audit. */
    private static void refused(Connection admin, String call) throws SQLException {
        try (Statement statement = admin.createStatement()) {
            statement.execute(call);
            throw new IllegalStateException("not refused: " + call);
        } catch (SQLException refusal) {
            if (!"42501".equals(refusal.getSQLState())) {
                throw refusal;
            }
        }
    }

    /** PostgreSQL itself. */
    Side oracle() {
        return oracle;
    }

    /** Through the proxy. */
    Side proxy() {
        return proxy;
    }

    /** A trace with what the databases differ in left out. */
    static String neutral(String trace) {
        return trace.replace(PLAIN, "<database>").replace(PROXIED, "<database>");
    }

    private static void drop() throws SQLException {
        try (Connection connection = PostgresServer.shared().connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("DO $$ BEGIN ALTER DATABASE orc_closed IS_TEMPLATE false;"
                    + " EXCEPTION WHEN invalid_catalog_name THEN NULL; END $$");
            for (String database : DATABASES) {
                statement.execute("DROP DATABASE IF EXISTS " + database + " WITH (FORCE)");
            }
            statement.execute("DROP ROLE IF EXISTS " + ADMIN);
        }
    }

    @Override
    public void close() throws SQLException {
        control.close();
        plain.close();
        drop();
    }
}
