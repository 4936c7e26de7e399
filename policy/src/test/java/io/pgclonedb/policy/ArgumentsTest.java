package io.pgclonedb.policy;

import static io.pgclonedb.policy.Given.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {
    @Test
    void keepsTheOrderOfTheSignature() {
        Arguments call = call("create_database", "owner", null, "template", "t", "dbname", "d");
        assertThat(call.given()).containsExactly("dbname", "template", "owner");
    }

    @Test
    void answersWhatWasGiven() {
        Arguments call =
                call("create_role", "rolename", "r", "login", false, "conn_limit", 7, "valid_until", "2030-01-01");
        assertThat(call.text("rolename")).isEqualTo("r");
        assertThat(call.flag("login")).isFalse();
        assertThat(call.integer("conn_limit")).isEqualTo(7);
        assertThat(call.text("valid_until")).isEqualTo("2030-01-01");
        assertThat(call("configure", "min_free_bytes", 1L << 40).bigint("min_free_bytes"))
                .isEqualTo(1L << 40);
    }

    @Test
    void answersTheDefaultOfWhatWasNotGiven() {
        Arguments call = call("create_role", "rolename", "r");
        assertThat(call.flag("login")).isTrue();
        assertThat(call.flag("createdb")).isFalse();
        assertThat(call.integer("conn_limit")).isEqualTo(-1);
        assertThat(call.text("password")).isNull();
        assertThat(call.text("valid_until")).isNull();
        assertThat(call("configure").bigint("min_free_bytes")).isNull();
        assertThat(call("get_audit_log").integer("max_rows")).isEqualTo(100);
    }

    @Test
    void takesAnExplicitNullForNull() {
        assertThat(call("get_audit_log", "max_rows", null).integer("max_rows")).isNull();
        Arguments call = call("drop_database", "dbname", "d", "force", null);
        assertThatThrownBy(() -> call.flag("force")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesNamesThatAreNoParameters() {
        assertThatThrownBy(() -> call("drop_role", "role", "r")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> call("drop_role", "rolename", "r").text("role"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesValuesOfAnotherClassWithoutShowingThem() {
        assertThatThrownBy(() -> call("create_role", "rolename", "r", "conn_limit", 5L))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> call("create_role", "rolename", "r", "password", 271828))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("271828");
    }

    @Test
    void refusesToBeAskedForAnotherType() {
        assertThatThrownBy(() -> call("create_role", "rolename", "r").text("login"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void masksSecretsOnlyAndKeepsNull() {
        assertThat(call("create_role", "rolename", "r", "password", "canary", "login", true)
                        .masked())
                .containsExactly(entry("rolename", "r"), entry("password", "***"), entry("login", true));
        assertThat(call("create_role", "rolename", "r", "password", null).masked())
                .containsEntry("password", null);
    }

    @Test
    void showsNoValueAsText() {
        assertThat(call("create_role", "rolename", "r", "password", "canary"))
                .hasToString("create_role[rolename, password]");
    }

    @ParameterizedTest
    @CsvSource({
        "create_database, d",
        "drop_database, d",
        "create_schema, d.s",
        "drop_schema, d.s",
        "grant_role, r",
        "drop_role, r",
        "show_config,"
    })
    void namesItsTarget(String function, String target) {
        Object[] given = Given.function(function).parameters().stream()
                .filter(Parameter::required)
                .flatMap(parameter ->
                        Stream.of(parameter.name(), parameter.name().substring(0, 1)))
                .toArray();
        assertThat(call(function, given).target()).isEqualTo(target);
    }

    @Test
    void hasNoTargetWhereTheNameIsNull() {
        assertThat(call("create_schema", "dbname", null, "schema_name", "s").target())
                .isNull();
        assertThat(call("create_schema", "dbname", "d", "schema_name", null).target())
                .isEqualTo("d");
        assertThat(call("drop_role", "rolename", null).target()).isNull();
    }
}
