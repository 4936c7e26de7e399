package io.pgclonedb.proxy.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.proxy.sql.SessionSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeoutsTest {
    private static Duration shortest(String statement, String transaction) {
        return Timeouts.of(new SessionSettings(statement, transaction, "notice", false));
    }

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "1, PT0.001S",
        "500us, PT0.0005S",
        "1500ms, PT1.5S",
        "30s, PT30S",
        "2min, PT2M",
        "3h, PT3H",
        "24d, PT576H",
        "2147483647ms, PT596H31M23.647S"
    })
    void readsASettingAsTheServerShowsIt(String setting, Duration limit) {
        assertThat(Timeouts.parse(setting)).isEqualTo(limit);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1 s", "99999999999999999999"})
    void takesAnythingElseForNoLimit(String setting) {
        assertThat(Timeouts.parse(setting)).isZero();
    }

    @Test
    void takesTheShorterLimit() {
        assertThat(shortest("30s", "1min")).isEqualTo(Duration.ofSeconds(30));
        assertThat(shortest("2min", "1min")).isEqualTo(Duration.ofMinutes(1));
        assertThat(shortest("0", "1min")).isEqualTo(Duration.ofMinutes(1));
        assertThat(shortest("30s", null)).isEqualTo(Duration.ofSeconds(30));
        assertThat(shortest("0", "0")).isNull();
        assertThat(shortest("0", null)).isNull();
    }
}
