package io.pgclonedb.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.server.TestRoles;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawClientIT {
    private static final PostgresServer SERVER = PostgresServer.shared();

    @BeforeAll
    static void roles() throws SQLException {
        TestRoles.create(SERVER);
    }

    @ParameterizedTest
    @ValueSource(strings = {TestRoles.TRUSTED, TestRoles.MD5, TestRoles.PASSWORD, TestRoles.SCRAM})
    void logsInByEveryMethod(String role) {
        try (RawClient client = RawClient.login(SERVER.endpoint(), "postgres", role, TestRoles.password(role))) {
            assertThat(client.queryForText("SELECT current_user")).isEqualTo(role);
            assertThat(client.transactionStatus()).isEqualTo('I');
            assertThat(client.parameters()).containsEntry("session_authorization", role);
        }
    }

    @Test
    void sendsByteByByte() {
        try (RawClient client =
                RawClient.login(SERVER.endpoint(), "postgres", PostgresServer.SUPERUSER, PostgresServer.PASSWORD)) {
            client.byteByByte(true);
            assertThat(client.queryForText("SELECT 'slowly'")).isEqualTo("slowly");
        }
    }

    @Test
    void showsWhatTheServerSays() {
        try (RawClient client =
                RawClient.login(SERVER.endpoint(), "postgres", PostgresServer.SUPERUSER, PostgresServer.PASSWORD)) {
            List<Message> answer = client.query("SELECT 1 AS one, NULL AS nothing");
            assertThat(answer)
                    .extracting(Trace::backend)
                    .containsExactly(
                            "RowDescription [one table 0.0 type 23 size 4 mod -1 format 0]"
                                    + " [nothing table 0.0 type 25 size -1 mod -1 format 0]",
                            "DataRow [1] [null]",
                            "CommandComplete SELECT 1",
                            "ReadyForQuery I");
        }
    }
}
