package io.pgclonedb.policy;

import static io.pgclonedb.policy.Given.SUPERUSER;
import static io.pgclonedb.policy.Given.call;
import static io.pgclonedb.policy.Given.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnabledRuleTest {
    @Test
    void refusesADisabledFunctionToASuperuserToo() {
        Denial denial = check("create_role", Set.of("drop_role")).orElseThrow();
        assertThat(denial.sqlState()).isEqualTo("42501");
        assertThat(denial.reason()).isEqualTo(DenialReason.DISABLED);
        assertThat(denial.message()).isEqualTo("function pgclonedb.create_role is currently disabled");
        assertThat(denial.hint()).contains("pgclonedb.configure(enable := 'create_role')");
    }

    @Test
    void letsAnEnabledFunctionPass() {
        assertThat(check("create_role", Set.of("create_role"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"help", "show_config", "configure"})
    void letsWhatCannotBeDisabledPass(String function) {
        assertThat(check(function, Set.of())).isEmpty();
    }

    private static Optional<Denial> check(String function, Set<String> enabled) {
        return new EnabledRule().check(new PolicyInput(SUPERUSER, call(function), cluster(), enabled));
    }
}
