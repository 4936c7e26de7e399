package io.pgclonedb.policy;

import static io.pgclonedb.policy.Given.MYAPP;
import static io.pgclonedb.policy.Given.SUPERUSER;
import static io.pgclonedb.policy.Given.call;
import static io.pgclonedb.policy.Given.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyTest {
    private static final Caller STRANGER = new Caller(7, "bob", false, true, true, false);

    static List<Function> functions() {
        return FunctionCatalog.functions();
    }

    @Test
    void looksAtTheCallerThenTheSwitchThenTheArgumentsThenTheScope() {
        Arguments allWrong = call("create_schema", "dbname", "other", "schema_name", null, "owner", "postgres");
        Arguments badTarget = call("create_schema", "dbname", "other", "schema_name", "pg_x", "owner", "postgres");
        ClusterFacts facts = Given.roles().in(cluster("myapp"));

        assertThat(reason(STRANGER, allWrong, facts, Set.of())).isEqualTo(DenialReason.CALLER);
        assertThat(reason(MYAPP, allWrong, facts, Set.of())).isEqualTo(DenialReason.DISABLED);
        assertThat(reason(MYAPP, allWrong, facts, Set.of("create_schema"))).isEqualTo(DenialReason.ARGUMENTS);
        assertThat(reason(MYAPP, badTarget, facts, Set.of("create_schema"))).isEqualTo(DenialReason.SCOPE);
        assertThat(reason(SUPERUSER, badTarget, facts, Set.of("create_schema"))).isEqualTo(DenialReason.RESERVED_NAME);
    }

    @Test
    void looksForRolesOnlyAfterTheScope() {
        Arguments call = call("create_database", "dbname", "other", "template", "myapp", "owner", "x");
        assertThat(reason(MYAPP, call, cluster("myapp"), Given.EVERYTHING)).isEqualTo(DenialReason.SCOPE);
    }

    @Test
    void looksForCirclesLast() {
        ClusterFacts facts = Given.roles().in(cluster("myapp"));
        Arguments call = call("grant_role", "rolename", "postgres", "member", "postgres");
        assertThat(reason(MYAPP, call, facts, Given.EVERYTHING)).isEqualTo(DenialReason.PRIVILEGED_ROLE);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void refusesEveryFunctionToAStranger(Function function) {
        assertThat(reason(STRANGER, call(function.name()), cluster("bob"), Given.EVERYTHING))
                .isEqualTo(DenialReason.CALLER);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void refusesEveryNameThatIsNoneInEveryFunction(Function function) {
        for (Parameter parameter : function.parameters()) {
            if (parameter.type() == ArgumentType.TEXT) {
                Arguments call = withOne(function, parameter, "a\0b");
                assertThat(reason(SUPERUSER, call, Given.roles().in(cluster()), Given.EVERYTHING))
                        .as(parameter.name())
                        .isEqualTo(DenialReason.ARGUMENTS);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void refusesNamesTooLongInEveryFunction(Function function) {
        Set<String> names = Set.of("dbname", "template", "owner", "schema_name", "rolename", "member");
        for (Parameter parameter : function.parameters()) {
            if (names.contains(parameter.name())) {
                Decision decision = Policy.decide(
                        SUPERUSER,
                        withOne(function, parameter, "x".repeat(64)),
                        Given.roles().in(cluster()),
                        Given.EVERYTHING);
                assertThat(((Decision.Denied) decision).denial().sqlState())
                        .as(parameter.name())
                        .isEqualTo("42622");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("functions")
    void saysInEveryRefusalWhatToDoNext(Function function) {
        for (Caller caller : List.of(STRANGER, MYAPP, SUPERUSER)) {
            for (Set<String> enabled : List.of(Set.<String>of(), Given.EVERYTHING)) {
                Decision decision = Policy.decide(caller, call(function.name()), cluster("myapp"), enabled);
                if (decision instanceof Decision.Denied denied) {
                    Denial denial = denied.denial();
                    assertThat(denial.sqlState()).hasSize(5);
                    assertThat(denial.message()).doesNotEndWith(".");
                    assertThat(denial.hint()).endsWith(".");
                }
            }
        }
    }

    @Test
    void refusesACallerThatIsGone() {
        Denial denial = Policy.callerIsGone("myapp_db_admin");
        assertThat(denial.sqlState()).isEqualTo("42501");
        assertThat(denial.reason()).isEqualTo(DenialReason.CALLER);
        assertThat(denial.message()).contains("\"myapp_db_admin\"");
    }

    private static Arguments withOne(Function function, Parameter changed, String value) {
        Map<String, Object> given = new LinkedHashMap<>();
        function.parameters().stream()
                .filter(Parameter::required)
                .forEach(parameter -> given.put(parameter.name(), "x"));
        given.put(changed.name(), value);
        return new Arguments(function, given);
    }

    private static DenialReason reason(Caller caller, Arguments call, ClusterFacts facts, Set<String> enabled) {
        return ((Decision.Denied) Policy.decide(caller, call, facts, enabled))
                .denial()
                .reason();
    }
}
