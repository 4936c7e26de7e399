package io.pgclonedb.policy;

import static io.pgclonedb.policy.Given.SUPERUSER;
import static io.pgclonedb.policy.Given.call;
import static io.pgclonedb.policy.Given.cluster;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that judge arguments by themselves. */
class ArgumentRulesTest {
    @Test
    void refusesNullForARequiredParameter() {
        Denial denial =
                check(new NotNullRule(), call("open_database", "dbname", null)).orElseThrow();
        assertThat(denial.sqlState()).isEqualTo("22004");
        assertThat(denial.message()).isEqualTo("parameter \"dbname\" of pgclonedb.open_database must not be null");
        assertThat(check(new NotNullRule(), call("open_database"))).isPresent();
    }

    @Test
    void refusesNullWhereTheDefaultIsAValue() {
        Arguments call = call("drop_database", "dbname", "d", "force", null);
        Denial denial = check(new NotNullRule(), call).orElseThrow();
        assertThat(denial.sqlState()).isEqualTo("22004");
        assertThat(denial.message()).contains("\"force\"");
        assertThat(denial.hint()).isEqualTo("Leave it out to get its default, true.");
        assertThat(check(new NotNullRule(), call("get_audit_log", "max_rows", null)))
                .isPresent();
    }

    @Test
    void allowsNullWhereItIsTheDefault() {
        assertThat(check(new NotNullRule(), call("create_database", "dbname", "d", "template", "t", "owner", null)))
                .isEmpty();
        assertThat(check(new NotNullRule(), call("drop_database", "dbname", "d")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "\0", "\ud800", "a\udc00b", "\udc00\ud800"})
    void refusesTextThatCannotBeStoredWithoutShowingIt(String text) {
        Denial denial = check(new StorableTextRule(), call("create_role", "rolename", "r", "password", "canary" + text))
                .orElseThrow();
        assertThat(denial.sqlState()).isEqualTo("22021");
        assertThat(denial.message()).contains("\"password\"");
        assertThat(denial.toString()).doesNotContain("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "\ud83d\ude00", "\u00e4\n\t\"';--$$\\", "\ufffd"})
    void allowsAnyOtherText(String text) {
        assertThat(check(new StorableTextRule(), call("open_database", "dbname", text)))
                .isEmpty();
    }

    @Test
    void refusesAnEmptyName() {
        Denial denial = check(new NameRule("dbname"), call("open_database", "dbname", ""))
                .orElseThrow();
        assertThat(denial.sqlState()).isEqualTo("42602");
        assertThat(denial.message()).contains("\"dbname\"");
    }

    @ParameterizedTest
    @CsvSource({
        "a, 63, true",
        "a, 64, false",
        "\u00e4, 31, true",
        "\u00e4, 32, false",
        "\ud83d\ude00, 15, true",
        "\ud83d\ude00, 16, false"
    })
    void countsTheLengthOfANameInBytes(String letter, int times, boolean fits) {
        Optional<Denial> denial = check(new NameRule("dbname"), call("open_database", "dbname", letter.repeat(times)));
        assertThat(denial.map(Denial::sqlState)).isEqualTo(fits ? Optional.empty() : Optional.of("42622"));
    }

    @ParameterizedTest
    @CsvSource({"-2147483648, false", "-2, false", "-1, true", "0, true", "2147483647, true"})
    void limitsConnections(int limit, boolean inRange) {
        String verdict = Given.verdict(SUPERUSER, call("create_role", "rolename", "r", "conn_limit", limit), cluster());
        assertThat(verdict).isEqualTo(inRange ? "allowed" : "22023 arguments");
    }

    @ParameterizedTest
    @CsvSource({"-9223372036854775808, false", "-2, false", "-1, true", "0, true", "9223372036854775807, true"})
    void limitsTheFreeSpace(long bytes, boolean inRange) {
        String verdict = Given.verdict(SUPERUSER, call("configure", "min_free_bytes", bytes), cluster());
        assertThat(verdict).isEqualTo(inRange ? "allowed" : "22023 arguments");
    }

    @ParameterizedTest
    @CsvSource({"-1, false", "0, false", "1, true", "100000, true", "100001, false"})
    void limitsTheRowsOfTheAudit(int rows, boolean inRange) {
        String verdict = Given.verdict(SUPERUSER, call("get_audit_log", "max_rows", rows), cluster());
        assertThat(verdict).isEqualTo(inRange ? "allowed" : "22023 arguments");
    }

    @Test
    void saysWhichRangeANumberIsOutOf() {
        Denial denial = check(new RangeRule("max_rows", 1, 10), call("get_audit_log", "max_rows", 11))
                .orElseThrow();
        assertThat(denial.message()).isEqualTo("11 is outside the valid range for parameter \"max_rows\" (1 .. 10)");
    }

    @Test
    void refusesAnEmptyPassword() {
        assertThat(check(new PasswordRule("password"), call("create_role", "rolename", "r", "password", ""))
                        .map(Denial::sqlState))
                .contains("22023");
        assertThat(check(new PasswordRule("password"), call("create_role", "rolename", "r", "password", " ")))
                .isEmpty();
        assertThat(check(new PasswordRule("password"), call("create_role", "rolename", "r")))
                .isEmpty();
    }

    @Test
    void asksForHelpOnFunctionsThatExist() {
        KnownFunctionRule rule = new KnownFunctionRule("function_name");
        assertThat(check(rule, call("help"))).isEmpty();
        assertThat(check(rule, call("help", "function_name", "drop_role"))).isEmpty();
        Denial denial = check(rule, call("help", "function_name", "drop_rolle")).orElseThrow();
        assertThat(denial.sqlState()).isEqualTo("22023");
        assertThat(denial.message()).isEqualTo("there is no function \"drop_rolle\" in schema \"pgclonedb\"");
        assertThat(denial.hint()).startsWith("Did you mean \"drop_role\"");
    }

    @Test
    void showsTheBeginningOfAnOverlongFunctionName() {
        Denial denial = check(
                        new KnownFunctionRule("function_name"),
                        call("help", "function_name", "\ud83d\ude00".repeat(100_000)))
                .orElseThrow();
        assertThat(denial.message()).hasSizeLessThan(250).contains("\ud83d\ude00...\"");
    }

    private static Optional<Denial> check(Rule rule, Arguments call) {
        return rule.check(Given.input(SUPERUSER, call, cluster()));
    }
}
