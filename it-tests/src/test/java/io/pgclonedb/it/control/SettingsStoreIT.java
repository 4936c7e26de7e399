package io.pgclonedb.it.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pgclonedb.it.waiting.Eventually;
import io.pgclonedb.policy.Access;
import io.pgclonedb.policy.Function;
import io.pgclonedb.policy.FunctionKind;
import io.pgclonedb.policy.Usage;
import io.pgclonedb.proxy.control.ControlDatabase;
import io.pgclonedb.proxy.control.Settings;
import io.pgclonedb.proxy.control.SettingsChange;
import io.pgclonedb.proxy.control.SettingsStore;
import io.pgclonedb.proxy.error.PgException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SettingsStoreIT {
    private static final List<Function> FUNCTIONS = List.of(
            function("create_database", true, true),
            function("create_role", false, true),
            function("configure", true, false));

    private final ControlServer server = new ControlServer();
    private ControlDatabase control;
    private ControlDatabase otherControl;
    private SettingsStore settings;
    private SettingsStore otherProxy;

    private static Function function(String name, boolean enabled, boolean canBeDisabled) {
        return new Function(
                name,
                FunctionKind.ACTS,
                List.of(),
                List.of(),
                new Access(enabled, canBeDisabled, false),
                new Usage("It acts.", "none", List.of()));
    }

    @BeforeAll
    void twoProxies() {
        control = server.open();
        otherControl = server.open();
        settings = new SettingsStore(control, FUNCTIONS);
        otherProxy = new SettingsStore(otherControl, FUNCTIONS);
    }

    @BeforeEach
    void nothingChangedYet() throws SQLException {
        server.executeIn(server.name(), "DELETE FROM control.settings", "DELETE FROM control.function_states");
    }

    @AfterAll
    void removeWhatIsLeft() throws SQLException {
        control.close();
        otherControl.close();
        server.close();
    }

    private void update(SettingsChange change) {
        control.transaction(connection -> {
            settings.update(connection, change);
            return true;
        });
    }

    @Test
    void startWithTheDefaults() {
        Settings current = settings.current();

        assertThat(current.minFreeBytes()).isEqualTo(10_737_418_240L);
        assertThat(current.auditRetention()).isNull();
        assertThat(current.isEnabled("create_database")).isTrue();
        assertThat(current.isEnabled("create_role")).isFalse();
        assertThat(current.isEnabled("unheard_of")).isFalse();
    }

    @Test
    void reachEveryProxyWithinASecond() throws Exception {
        update(new SettingsChange(-1L, "90 days", Map.of("create_role", true, "create_database", false)));

        assertThat(settings.current().isEnabled("create_role")).isTrue();
        Eventually.isTrue(Duration.ofSeconds(1), () -> otherProxy.current().isEnabled("create_role"));
        Settings seen = otherProxy.current();
        assertThat(seen.minFreeBytes()).isEqualTo(-1);
        assertThat(seen.auditRetention()).isEqualTo("90 days");
        assertThat(seen.isEnabled("create_database")).isFalse();
    }

    @Test
    void leaveAloneWhatIsNotGiven() {
        update(new SettingsChange(7L, "1 day", Map.of("create_role", true)));

        update(new SettingsChange(null, null, Map.of()));

        assertThat(settings.current()).isEqualTo(otherProxy.current());
        assertThat(settings.current().minFreeBytes()).isEqualTo(7);
        assertThat(settings.current().auditRetention()).isEqualTo("1 day");
        assertThat(settings.current().isEnabled("create_role")).isTrue();
    }

    @Test
    void changeAllTogetherOrNotAtAll() {
        assertThatThrownBy(() -> update(new SettingsChange(7L, null, Map.of("configure", false))))
                .isInstanceOf(PgException.class);

        assertThat(settings.current().minFreeBytes()).isEqualTo(Settings.DEFAULT_MIN_FREE_BYTES);
    }

    @ParameterizedTest
    @CsvSource({"configure,false", "unheard_of,true", "unheard_of,false"})
    void refuseAFunctionThatCannotBeSwitched(String function, boolean enable) {
        PgException error = catchThrowableOfType(
                PgException.class, () -> update(new SettingsChange(null, null, Map.of(function, enable))));

        assertThat(error.sqlState()).isEqualTo("22023");
    }

    @ParameterizedTest
    @CsvSource({"0 seconds,22023", "-1 day,22023", "soon,22007"})
    void refuseARetentionThatIsNoTimeToKeep(String retention, String sqlState) {
        PgException error =
                catchThrowableOfType(PgException.class, () -> update(new SettingsChange(null, retention, Map.of())));

        assertThat(error.sqlState()).isEqualTo(sqlState);
    }

    @Test
    void refuseAMarginBelowMinusOne() {
        PgException error =
                catchThrowableOfType(PgException.class, () -> update(new SettingsChange(-2L, null, Map.of())));

        assertThat(error.sqlState()).isEqualTo("22023");
    }

    @Test
    void areNotGuessedWhileTheControlDatabaseIsAway() {
        ControlDatabase closed = server.open();
        closed.close();

        PgException error =
                catchThrowableOfType(PgException.class, () -> new SettingsStore(closed, FUNCTIONS).current());

        assertThat(error.sqlState()).isEqualTo("55000");
    }
}
