package io.pgclonedb.policy;

import static io.pgclonedb.policy.Given.MYAPP;
import static io.pgclonedb.policy.Given.SUPERUSER;
import static io.pgclonedb.policy.Given.call;
import static io.pgclonedb.policy.Given.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerRuleTest {
    @Test
    void letsAnApplicationAdminAndASuperuserPass() {
        assertThat(check(MYAPP, "open_database")).isEmpty();
        assertThat(check(SUPERUSER, "open_database")).isEmpty();
        assertThat(check(SUPERUSER, "configure")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "bob, true, true, true, <app>_db_admin",
        "_db_admin, true, true, true, <app>_db_admin",
        "myapp_db_admin, false, true, true, pgclonedb_user",
        "myapp_db_admin, true, false, true, LOGIN",
        "myapp_db_admin, true, true, false, VALID UNTIL"
    })
    void namesWhatIsMissing(String name, boolean member, boolean canLogin, boolean valid, String missing) {
        Denial denial = check(new Caller(7, name, false, canLogin, valid, member), "help")
                .orElseThrow();
        assertThat(denial.sqlState()).isEqualTo("42501");
        assertThat(denial.reason()).isEqualTo(DenialReason.CALLER);
        assertThat(denial.message()).isEqualTo("role \"" + name + "\" may not call pgclonedb.help");
        assertThat(denial.hint()).startsWith("Role \"" + name + "\" lacks ").contains(missing);
        assertThat(denial.hint().split(", ")).hasSize(1);
    }

    @Test
    void namesAllThatIsMissingFromAStranger() {
        assertThat(check(new Caller(7, "bob", false, true, true, false), "configure")
                        .orElseThrow()
                        .hint())
                .contains("<app>_db_admin")
                .contains("pgclonedb_user");
    }

    @Test
    void refusesASuperuserThatCouldNotLogInAgain() {
        assertThat(check(new Caller(10, "postgres", true, false, true, false), "help"))
                .isPresent();
        assertThat(check(new Caller(10, "postgres", true, true, false, false), "help"))
                .isPresent();
    }

    @Test
    void keepsConfigureForSuperusers() {
        Denial denial = check(MYAPP, "configure").orElseThrow();
        assertThat(denial.sqlState()).isEqualTo("42501");
        assertThat(denial.hint()).contains("superuser");
    }

    private static Optional<Denial> check(Caller caller, String function) {
        return new CallerRule().check(Given.input(caller, call(function), cluster("myapp")));
    }
}
