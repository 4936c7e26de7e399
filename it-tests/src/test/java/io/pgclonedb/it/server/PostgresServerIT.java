package io.pgclonedb.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class PostgresServerIT {
    @Test
    void runsTheVersionAskedFor() throws SQLException {
        PostgresServer server = PostgresServer.shared();
        try (var connection = server.connect("postgres")) {
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(server.version());
        }
    }

    @Test
    void asksForThePassword() {
        PostgresServer server = PostgresServer.shared();
        assertThatThrownBy(() -> server.connect("postgres", PostgresServer.SUPERUSER, "wrong"))
                .isInstanceOf(SQLException.class);
    }
}
