package io.pgclonedb.proxy.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgclonedb.policy.ArgumentType;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarrierTest {
    @Test
    void readsWhatTheServerEvaluated() {
        CarrierRow row = parse("[\"n1\", 2, \"30s\", \"0\", \"notice\", \"off\", \"ä\", true, 5, 5000000000, null]")
                .orElseThrow();
        assertThat(row.call()).isEqualTo(2);
        assertThat(row.settings().statementTimeout()).isEqualTo("30s");
        assertThat(row.settings().transactionTimeout()).isEqualTo("0");
        assertThat(row.settings().clientMinMessages()).isEqualTo("notice");
        assertThat(row.settings().readOnly()).isFalse();
        assertThat(row.values()).containsExactly("ä", true, 5, 5_000_000_000L, null);
        assertThat(row.value(2, ArgumentType.BIGINT)).isEqualTo(5L);
        assertThat(row.value(4, ArgumentType.INTEGER)).isNull();
        assertThat(row.toString()).doesNotContain("ä");
    }

    @Test
    void knowsNoTransactionTimeoutBeforeVersion17() {
        assertThat(parse("[\"n1\", 0, \"0\", null, \"notice\", \"off\"]")
                        .orElseThrow()
                        .settings()
                        .transactionTimeout())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                "[\"n1\"",
                "[\"n2\", 0, \"0\", null, \"notice\", \"off\"]",
                " [\"n1\", 0, \"0\", null, \"notice\", \"off\"]",
                "[\"n1\", 0, \"0\", null]",
                "[\"n1\", 0, \"0\", null, \"notice\", \"off\"",
                "[\"n1\", \"0\", \"0\", null, \"notice\", \"off\"]",
                "[\"n1\", 0, \"0\", null, \"notice\", \"off\"] x",
                "created"
            })
    void takesNothingElseForACarrier(String column) {
        assertThat(parse(column)).isEmpty();
    }

    @Test
    void refusesAValueOfAnotherType() {
        CarrierRow row =
                parse("[\"n1\", 0, \"0\", null, \"notice\", \"off\", \"x\"]").orElseThrow();
        assertThatThrownBy(() -> row.value(0, ArgumentType.BOOLEAN)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Optional<CarrierRow> parse(String column) {
        return Carrier.parse(column.getBytes(StandardCharsets.UTF_8), "n1", ClientEncoding.UTF8);
    }
}
