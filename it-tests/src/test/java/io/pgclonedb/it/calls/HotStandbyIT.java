package io.pgclonedb.it.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgclonedb.it.proxy.ProxySettings;
import io.pgclonedb.it.proxy.ProxyUnderTest;
import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.server.StandbyServer;
import io.pgclonedb.it.wire.Endpoint;
import io.pgclonedb.proxy.error.PgException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The proxy in front of a standby: calls that read are served, calls that act are refused as any change is there. */
class HotStandbyIT {
    private static final String ADMIN = "sb_db_admin";

    @TempDir
    private Path directory;

    @Test
    void readsAndDoesNotAct() throws Exception {
        try (StandbyServer server = StandbyServer.primary(directory)) {
            try (ProxyUnderTest proxy = proxy(server)) {
                execute(server.endpoint(), "CREATE ROLE " + ADMIN + " LOGIN PASSWORD 'demo' IN ROLE pgclonedb_user");
                execute(server.endpoint(), "CREATE DATABASE sb_source OWNER " + ADMIN);
                assertThat(ask(proxy.endpoint(), "SELECT pgclonedb.close_database('sb_source')"))
                        .isEqualTo("database \"sb_source\" closed");
            }
            server.becomeStandby();
            try (ProxyUnderTest proxy = proxy(server)) {
                assertThat(ask(proxy.endpoint(), "SELECT pgclonedb.help('help')"))
                        .contains("help");
                assertThat(ask(proxy.endpoint(), "SELECT value FROM pgclonedb.show_config() WHERE setting = 'help'"))
                        .isEqualTo("enabled");
                assertThat(ask(proxy.endpoint(), "SELECT operation FROM pgclonedb.get_audit_log()"))
                        .isEqualTo("close_database");
                for (String call : new String[] {
                    "open_database('sb_source')", "create_database('sb_1', 'sb_source')", "drop_database('sb_source')"
                }) {
                    assertThatThrownBy(() -> ask(proxy.endpoint(), "SELECT pgclonedb." + call))
                            .isInstanceOfSatisfying(
                                    SQLException.class,
                                    error -> assertThat(error.getSQLState()).isEqualTo("25006"));
                }
                assertThat(ask(
                                proxy.endpoint(),
                                "SELECT string_agg(datname, ',') FROM pg_database WHERE datname ~ '^sb'"))
                        .isEqualTo("sb_source");
            }
        }
    }

    @Test
    void saysWhatIsMissingOnAStandbyThatHasNoControlDatabase() throws Exception {
        try (StandbyServer server = StandbyServer.primary(directory)) {
            server.becomeStandby();
            assertThatThrownBy(() -> proxy(server)).isInstanceOfSatisfying(PgException.class, error -> {
                assertThat(error.text()).contains("standby").contains("control database");
                assertThat(error.hint()).contains("primary");
            });
        }
    }

    private static ProxyUnderTest proxy(StandbyServer server) {
        return ProxyUnderTest.start(ProxySettings.before(server.endpoint()).allowTrust(true));
    }

    private static void execute(Endpoint endpoint, String sql) throws SQLException {
        try (Connection connection = endpoint.connect("postgres", PostgresServer.SUPERUSER, PostgresServer.PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(Endpoint endpoint, String sql) throws SQLException {
        try (Connection connection = endpoint.connect("postgres", ADMIN, "demo");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
