package io.pgclonedb.it.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ScriptedBackendTest {
    @Test
    void playsItsScript() {
        // given
        BackendKey key = new BackendKey(7, new byte[256]);
        try (ScriptedBackend backend = ScriptedBackend.start(connection -> {
            assertThat(connection.receiveStartup()).containsEntry("user", "somebody");
            connection.letIn(key);
            connection.expect('Q');
            connection.send(ScriptedConnection.error("FATAL", "57P01", "going down"));
        })) {
            // when
            try (RawClient client = RawClient.login(backend.endpoint(), "x", "somebody", "secret")) {
                client.send(Frontend.query("SELECT 1"));
                // then
                assertThat(client.key()).hasToString(key.toString());
                assertThat(client.receiveUntilEnd())
                        .extracting(Message::error)
                        .containsExactly("FATAL 57P01 going down");
                assertThat(backend.accepted()).isEqualTo(1);
            }
        }
    }

    @Test
    void failsWhenTheClientDoesNotKeepToTheScript() {
        // given
        ScriptedBackend backend = ScriptedBackend.start(connection -> {
            connection.receiveStartup();
            connection.expect('Q');
        });
        // when
        try (RawClient client = RawClient.connect(backend.endpoint())) {
            client.send(Frontend.startup("user", "somebody"), Frontend.sync());
            client.receiveUntilEnd();
        }
        // then
        assertThatThrownBy(backend::close).isInstanceOf(AssertionError.class);
    }
}
