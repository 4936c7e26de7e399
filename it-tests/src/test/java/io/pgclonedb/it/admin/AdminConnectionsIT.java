package io.pgclonedb.it.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.proxy.admin.AdminConnections;
import io.pgclonedb.proxy.config.BackendConfig;
import io.pgclonedb.proxy.error.PgException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminConnectionsIT {
    private static final String OWNER = "admin_it_owner";
    private static final String DATABASE = "admin_it_hostile";
    private static final String STRANGE = "x?socketFactory=foo&options=-c%20role%3Dpostgres";

    private final PostgresServer server = PostgresServer.shared();
    private final AdminConnections connections = connections(PostgresServer.PASSWORD);

    private AdminConnections connections(String password) {
        return connections(server.port(), password);
    }

    private AdminConnections connections(int port, String password) {
        return new AdminConnections(
                new BackendConfig(server.host(), port, PostgresServer.SUPERUSER, password, "postgres"),
                Duration.ofSeconds(7));
    }

    @BeforeAll
    void aDatabaseOfSomebodyElse() throws SQLException {
        removeWhatIsLeft();
        asSuperuser("CREATE ROLE " + OWNER + " LOGIN PASSWORD 'owner'");
        asSuperuser("CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
    }

    @AfterEach
    void forgetWhatTheOwnerSet() throws SQLException {
        asSuperuser(
                "ALTER DATABASE " + DATABASE + " RESET ALL", "ALTER DATABASE " + DATABASE + " ALLOW_CONNECTIONS true");
    }

    @AfterAll
    void removeWhatIsLeft() throws SQLException {
        asSuperuser("DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)");
        asSuperuser("DROP DATABASE IF EXISTS \"" + STRANGE + "\" WITH (FORCE)");
        asSuperuser("DROP ROLE IF EXISTS " + OWNER);
    }

    private void asSuperuser(String... commands) throws SQLException {
        run(server.connect("postgres"), commands);
    }

    private void asOwner(String... commands) throws SQLException {
        run(server.connect(DATABASE, OWNER, "owner"), commands);
    }

    private static void run(Connection connection, String... commands) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    private static String ask(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "search_path | evil, pg_catalog | pg_catalog,pg_temp",
                "role | admin_it_owner | none",
                "default_transaction_read_only | on | off",
                "default_transaction_isolation | serializable | read committed",
                "default_transaction_deferrable | on | off",
                "standard_conforming_strings | off | on",
                "statement_timeout | 1 | 0",
                "lock_timeout | 1 | 7s",
                "idle_in_transaction_session_timeout | 1 | 0",
                "idle_session_timeout | 1 | 0",
                "client_min_messages | error | notice",
                "row_security | off | on",
                "quote_all_identifiers | on | off",
                "IntervalStyle | iso_8601 | postgres",
                "client_encoding | SJIS | UTF8",
                "application_name | somebody | pgclonedb",
                "DateStyle | 'German, DMY' | ISO, DMY"
            })
    void keepsItsSettingsWhateverTheOwnerSets(String setting, String planted, String expected) throws SQLException {
        asOwner("ALTER DATABASE " + DATABASE + " SET " + setting + " = " + planted);

        try (Connection connection = connections.connect(DATABASE)) {
            String actual = ask(connection, "SELECT pg_catalog.current_setting('" + setting + "')");
            if (setting.equals("DateStyle")) {
                assertThat(actual).startsWith("ISO");
            } else {
                assertThat(actual).isEqualTo(expected);
            }
        }
    }

    @Test
    void staysTheAdminRoleWhateverTheOwnerSets() throws SQLException {
        asOwner("ALTER DATABASE " + DATABASE + " SET role = " + OWNER);

        try (Connection connection = connections.connect(DATABASE)) {
            assertThat(ask(connection, "SELECT session_user || ' ' || current_user"))
                    .isEqualTo("postgres postgres");
        }
    }

    @Test
    void staysInItsOwnSessionWhateverTheOwnerSets() throws SQLException {
        asOwner("ALTER DATABASE " + DATABASE + " SET session_authorization = " + OWNER);

        try (Connection connection = connections.connect(DATABASE)) {
            assertThat(ask(connection, "SELECT session_user || ' ' || current_user"))
                    .isEqualTo("postgres postgres");
        }
    }

    @Test
    void logsInThoughTheOwnerNamesALibraryThatIsNotThere() throws SQLException {
        asOwner("ALTER DATABASE " + DATABASE + " SET local_preload_libraries = 'nowhere'");
        assertThatThrownBy(() -> server.connect(DATABASE)).isInstanceOf(SQLException.class);

        try (Connection connection = connections.connect(DATABASE)) {
            assertThat(ask(connection, "SHOW local_preload_libraries")).isEmpty();
        }
    }

    @Test
    void runsNoOperatorThatTheOwnerPutBeforeThoseOfTheServer() throws SQLException {
        asOwner(
                "CREATE SCHEMA evil",
                "CREATE FUNCTION evil.eq(name, text) RETURNS boolean LANGUAGE plpgsql AS"
                        + " $$ BEGIN RAISE EXCEPTION 'ran as %', current_user; END $$",
                "CREATE OPERATOR evil.= (LEFTARG = name, RIGHTARG = text, FUNCTION = evil.eq)",
                "ALTER DATABASE " + DATABASE + " SET search_path = evil, pg_catalog");
        String query = "SELECT count(*) FROM pg_database WHERE datname = 'postgres'::text";
        try (Connection naive = server.connect(DATABASE)) {
            assertThatThrownBy(() -> ask(naive, query)).hasMessageContaining("ran as postgres");
        }

        try (Connection connection = connections.connect(DATABASE)) {
            assertThat(ask(connection, query)).isEqualTo("1");
        }
    }

    @Test
    void switchesEventTriggersOffWhereALoginWouldFireThem() throws SQLException {
        assumeThat(server.version()).isGreaterThanOrEqualTo(17);
        try (Connection connection = connections.connect(DATABASE)) {
            assertThat(ask(connection, "SHOW event_triggers")).isEqualTo("off");
            assertThat(ask(connection, "SHOW transaction_timeout")).isEqualTo("0");
        }
    }

    @Test
    void letsTheServerNoticeThatTheProxyDied() throws SQLException {
        try (Connection connection = connections.connect()) {
            assertThat(ask(connection, "SHOW client_connection_check_interval")).isEqualTo("10s");
        }
    }

    @Test
    void takesADatabaseNameAsItStands() throws SQLException {
        asSuperuser("CREATE DATABASE \"" + STRANGE + "\"");

        try (Connection connection = connections.connect(STRANGE)) {
            assertThat(ask(connection, "SELECT current_database()")).isEqualTo(STRANGE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x\0options\0-c role=none", "\ud800"})
    void refusesANameThatTheServerWouldMisread(String name) {
        PgException error = catchThrowableOfType(PgException.class, () -> connections.connect(name));

        assertThat(error.sqlState()).isEqualTo("42602");
    }

    @Test
    void refusesANameThatTheServerWouldCutOff() {
        PgException error = catchThrowableOfType(PgException.class, () -> connections.connect("ä".repeat(32)));

        assertThat(error.sqlState()).isEqualTo("42622");
    }

    @Test
    void saysThatADatabaseIsMissingOrClosed() throws SQLException {
        asSuperuser("ALTER DATABASE " + DATABASE + " ALLOW_CONNECTIONS false");

        PgException missing = catchThrowableOfType(PgException.class, () -> connections.connect("admin_it_missing"));
        PgException closed = catchThrowableOfType(PgException.class, () -> connections.connect(DATABASE));

        assertThat(missing.sqlState()).isEqualTo("3D000");
        assertThat(closed.sqlState()).isEqualTo("55000");
        assertThat(closed.text()).contains("is not currently accepting connections");
    }

    @Test
    void saysThatTheServerCannotBeReached() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        PgException error = catchThrowableOfType(
                PgException.class, () -> connections(free, "secret-canary").connect());

        assertThat(error.sqlState()).isEqualTo("55000");
        assertThat(error.text()).isEqualTo("cannot reach the server with the admin connection");
        assertThat(error.hint()).contains("./pgclonedb check");
        assertThat(everything(error)).doesNotContain("secret-canary");
    }

    @Test
    void keepsAWrongPasswordToItself() {
        PgException error = catchThrowableOfType(
                PgException.class, () -> connections("secret-canary").connect());

        assertThat(error.sqlState()).isEqualTo("55000");
        assertThat(error.detail()).isNull();
        assertThat(error).hasRootCauseMessage("FATAL: password authentication failed for user \"postgres\"");
        assertThat(everything(error)).doesNotContain("secret-canary");
    }

    private static String everything(PgException error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        List<String> fields = Arrays.asList(error.detail(), error.hint());
        return text + fields.toString();
    }

    @Test
    void knowsTheVersion() {
        assertThat(connections.serverVersion()).isEqualTo(server.version());
    }
}
