package io.pgclonedb.policy;

import static io.pgclonedb.policy.Given.SUPERUSER;
import static io.pgclonedb.policy.Given.call;
import static io.pgclonedb.policy.Given.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionListTest {
    @Test
    void takesBlanksAroundNamesForNothing() {
        FunctionList list = FunctionList.parse(" create_role,drop_role ,\n\tcreate_role");
        assertThat(list.functions()).containsExactly("create_role", "drop_role");
        assertThat(list.unknown()).isEmpty();
    }

    @Test
    void takesAllForWhatCanBeDisabled() {
        assertThat(FunctionList.parse("all").functions())
                .hasSize(FunctionCatalog.functions().size() - 3)
                .doesNotContain("help", "show_config", "configure")
                .contains("get_audit_log", "create_role");
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "' ', ''",
        "'drop_role,', ''",
        "',', ''",
        "'drop_role,,help', ''",
        "'Create_Role', Create_Role",
        "'ALL', ALL",
        "'create role', 'create role'",
        "'drop_role;create_role', 'drop_role;create_role'"
    })
    void reportsWhatIsNoFunction(String text, String unknown) {
        assertThat(FunctionList.parse(text).unknown()).contains(unknown);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "NULL",
            value = {
                "create_role, NULL, allowed",
                "NULL, create_role, allowed",
                "NULL, NULL, allowed",
                "all, NULL, allowed",
                "NULL, all, allowed",
                "help, NULL, allowed",
                "'create_role, drop_role', 'grant_role,revoke_role', allowed",
                "creat_role, NULL, 22023 arguments",
                "NULL, creat_role, 22023 arguments",
                "'', NULL, 22023 arguments",
                "NULL, 'create_role,', 22023 arguments",
                "create_role, 'drop_role, create_role', 22023 arguments",
                "all, create_role, 22023 arguments",
                "create_role, all, 22023 arguments",
                "all, all, 22023 arguments",
                "NULL, help, 22023 arguments",
                "NULL, 'create_role, configure', 22023 arguments",
                "NULL, show_config, 22023 arguments"
            })
    void isJudgedBeforeAnythingIsConfigured(String enable, String disable, String verdict) {
        Arguments call = call("configure", "enable", enable, "disable", disable);
        assertThat(Given.verdict(SUPERUSER, call, cluster())).isEqualTo(verdict);
    }

    @Test
    void suggestsWhatMayHaveBeenMeant() {
        Denial denial = Given.denial(SUPERUSER, call("configure", "enable", "drop_role, creat_role"), cluster())
                .orElseThrow();
        assertThat(denial.message()).contains("\"creat_role\"");
        assertThat(denial.hint()).startsWith("Did you mean \"create_role\"");
    }

    @Test
    void saysWhatCannotBeDisabled() {
        assertThat(Given.denial(SUPERUSER, call("configure", "disable", "help"), cluster())
                        .orElseThrow()
                        .message())
                .isEqualTo("function pgclonedb.help cannot be disabled");
    }
}
