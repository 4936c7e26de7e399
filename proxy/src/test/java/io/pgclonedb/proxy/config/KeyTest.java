package io.pgclonedb.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyTest {
    @Test
    void theNamesAreAPublicContract() {
        assertThat(Stream.of(Key.values()).map(Key::key))
                .containsExactly(
                        "listen",
                        "backend",
                        "http_listen",
                        "tls_cert",
                        "tls_key",
                        "tls_mode",
                        "control_database",
                        "data_path",
                        "volume_size",
                        "drain_timeout",
                        "login_timeout",
                        "max_connections",
                        "max_connections_per_address",
                        "max_logins_per_address",
                        "lock_timeout",
                        "allow_trust",
                        "interception",
                        "operation_threads",
                        "log_level",
                        "log_format");
    }

    @Test
    void aKeyHasOneNameInEachPlace() {
        assertThat(Key.HTTP_LISTEN.key()).isEqualTo("http_listen");
        assertThat(Key.HTTP_LISTEN.flag()).isEqualTo("--http-listen");
        assertThat(Key.HTTP_LISTEN.variable()).isEqualTo("PGCLONEDB_HTTP_LISTEN");
    }

    @ParameterizedTest
    @EnumSource
    void everyKeyIsDescribed(Key key) {
        assertThat(key.description()).isNotBlank();
        assertThat(key.choices().isEmpty()).isEqualTo(key.type() != ValueType.CHOICE);
    }
}
