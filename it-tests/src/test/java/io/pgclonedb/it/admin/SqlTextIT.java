package io.pgclonedb.it.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.proxy.admin.AdminConnections;
import io.pgclonedb.proxy.admin.SqlText;
import io.pgclonedb.proxy.config.BackendConfig;
import io.pgclonedb.proxy.error.PgException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextIT {
    private final PostgresServer server = PostgresServer.shared();
    private final AdminConnections connections = new AdminConnections(
            new BackendConfig(
                    server.host(), server.port(), PostgresServer.SUPERUSER, PostgresServer.PASSWORD, "postgres"),
            Duration.ofSeconds(5));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "Upper",
                "select",
                "a\"b",
                "\"; DROP DATABASE postgres; --",
                "$$",
                "back\\slash",
                "new\nline",
                "ü",
                "😀",
                "'",
                " "
            })
    void quotesSoThatTheServerReadsTheSameNameAndValue(String name) throws SQLException {
        try (Connection connection = connections.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + SqlText.literal(connection, name) + " AS "
                        + SqlText.identifier(connection, name))) {
            row.next();
            assertThat(row.getString(1)).isEqualTo(name);
            assertThat(row.getMetaData().getColumnName(1)).isEqualTo(name);
        }
    }

    @Test
    void refusesANameThatWouldBeCutOff() throws SQLException {
        try (Connection connection = connections.connect()) {
            assertThatThrownBy(() -> SqlText.identifier(connection, "x".repeat(64)))
                    .isInstanceOfSatisfying(
                            PgException.class,
                            error -> assertThat(error.sqlState()).isEqualTo("42622"));
        }
    }
}
