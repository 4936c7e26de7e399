package io.pgclonedb.proxy.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgclonedb.policy.ArgumentType;
import io.pgclonedb.proxy.error.PgException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentTextTest {
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "INTEGER,5",
                "INTEGER, -5 ",
                "INTEGER,+2147483647",
                "INTEGER,-2147483648",
                "BIGINT,9223372036854775807",
                "BIGINT,-9223372036854775808"
            })
    void readsIntegers(ArgumentType type, String text) {
        assertThat(ArgumentText.read(type, text).toString())
                .isEqualTo(text.strip().replace("+", ""));
    }

    @ParameterizedTest
    @CsvSource({"true", "TRUE", "t", "tr", "yes", "y", "on", "1", "' on '"})
    void readsTrue(String text) {
        assertThat(ArgumentText.read(ArgumentType.BOOLEAN, text)).isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource({"false", "F", "fa", "no", "N", "off", "of", "0"})
    void readsFalse(String text) {
        assertThat(ArgumentText.read(ArgumentType.BOOLEAN, text)).isEqualTo(false);
    }

    @ParameterizedTest
    @CsvSource({
        "INTEGER,x,22P02",
        "INTEGER,'',22P02",
        "INTEGER,1.0,22P02",
        "INTEGER,- 1,22P02",
        "INTEGER,2147483648,22003",
        "INTEGER,-2147483649,22003",
        "BIGINT,9223372036854775808,22003",
        "BOOLEAN,o,22P02",
        "BOOLEAN,truex,22P02",
        "BOOLEAN,'',22P02"
    })
    void refusesWhatIsNoValue(ArgumentType type, String text, String sqlState) {
        assertThatThrownBy(() -> ArgumentText.read(type, text)).isInstanceOfSatisfying(PgException.class, error -> {
            assertThat(error.sqlState()).isEqualTo(sqlState);
            assertThat(error.text()).contains("type " + type.sqlName()).doesNotContain("null");
        });
    }
}
