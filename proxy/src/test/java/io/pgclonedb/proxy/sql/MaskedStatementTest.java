package io.pgclonedb.proxy.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the general parser gets to see: never more than 16 KiB of text, never more than 50 levels. */
class MaskedStatementTest {
    private static final int LONGEST = 16 * 1024;
    private static final int DEEPEST = 50;

    private static String masked(String sql) {
        Tokens tokens = Tokens.of(new SqlText(sql.getBytes(StandardCharsets.UTF_8), ClientEncoding.UTF8), true);
        return MaskedStatement.of(tokens, new Script.Range(0, tokens.size()), List.of());
    }

    private static void assertRefused(String sql) {
        assertThatExceptionOfType(PgException.class)
                .isThrownBy(() -> masked(sql))
                .satisfies(refusal -> assertThat(refusal.sqlState()).isEqualTo(SqlState.PROGRAM_LIMIT_EXCEEDED.code()));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1_000, 4_000, 4_092, 4_093, 4_094, 4_095, 4_096, 10_000, 50_000})
    void handsOverNoMoreThan16KiB(int columns) {
        String sql = "SELECT " + "a, ".repeat(columns) + "a";

        if (columns <= 4_093) {
            assertThat(masked(sql)).hasSizeLessThanOrEqualTo(LONGEST);
        } else {
            assertRefused(sql);
        }
    }

    @ParameterizedTest
    @CsvSource(
            value = {"a,a,b", "\",a,\"", "U&\",a,\"", "*,<,>"},
            quoteCharacter = '|')
    void oneLongTokenIsRefusedAsManyAre(String first, String middle, String last) {
        assertThat(masked("SELECT 1 " + first + middle.repeat(LONGEST / 2) + last + " b"))
                .hasSizeLessThan(LONGEST);
        assertRefused("SELECT 1 " + first + middle.repeat(LONGEST) + last + " b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {"(~)", "[~]", "f(~)", "(a + [~])", "case when ~ then 1 end", "(case a when ~ then 1 end)"})
    void handsOverNoMoreThan50Levels(String opening, String closing) {
        int levels =
                (int) opening.chars().filter(c -> c == '(' || c == '[').count() + (opening.contains("case") ? 1 : 0);
        int most = DEEPEST / levels;

        assertThat(masked(nested(opening, closing, most))).isNotEmpty();
        assertRefused(nested(opening, closing, most + 1));
        assertRefused(nested(opening, closing, 20_000));
    }

    private static String nested(String opening, String closing, int times) {
        return "SELECT " + (opening + " ").repeat(times) + "1" + (" " + closing).repeat(times);
    }

    @Test
    void whatIsClosedCountsNoMore() {
        assertThat(masked("SELECT " + "(1), ".repeat(1_000) + "[1]")).isNotEmpty();
    }

    @Test
    void literalsWeighNothing() {
        String secret = "x".repeat(100_000);

        String masked = masked("SELECT '" + secret + "', E'" + secret + "', $a$" + secret + "$a$ /*" + secret + "*/");

        assertThat(masked).hasSizeLessThan(100).doesNotContain("x");
    }
}
