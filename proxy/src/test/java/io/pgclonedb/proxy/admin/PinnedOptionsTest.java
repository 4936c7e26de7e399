package io.pgclonedb.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PinnedOptionsTest {
    private static final Duration LOCK_TIMEOUT = Duration.ofMillis(1500);

    @Test
    void keepASpaceInAValueFromEndingIt() {
        assertThat(PinnedOptions.everywhere(LOCK_TIMEOUT))
                .contains("-c default_transaction_isolation=read\\ committed -c")
                .contains("-c local_preload_libraries= -c")
                .contains("-c search_path=pg_catalog,pg_temp -c")
                .contains("-c lock_timeout=1500ms -c");
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 15})
    void nameNothingThatAnOldServerDoesNotKnow(int version) {
        assertThat(PinnedOptions.on(new ServerTraits(version, true), LOCK_TIMEOUT))
                .contains("-c client_connection_check_interval=10s")
                .doesNotContain("createrole_self_grant", "event_triggers", "transaction_timeout=0");
    }

    @Test
    void grantACreatedRoleToNobodyFromVersion16On() {
        assertThat(PinnedOptions.on(new ServerTraits(16, true), LOCK_TIMEOUT))
                .contains("-c createrole_self_grant=")
                .doesNotContain("event_triggers", "transaction_timeout=0");
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 18})
    void switchEventTriggersOffFromVersion17On(int version) {
        assertThat(PinnedOptions.on(new ServerTraits(version, true), LOCK_TIMEOUT))
                .contains("-c event_triggers=off", "-c transaction_timeout=0");
    }

    @Test
    void leaveOutTheConnectionCheckWhereThePlatformHasNone() {
        assertThat(PinnedOptions.on(new ServerTraits(18, false), LOCK_TIMEOUT))
                .doesNotContain("client_connection_check_interval");
    }
}
