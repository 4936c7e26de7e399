package io.pgclonedb.proxy.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "ü", "😀", "\n\t\u0001", "\ufffd", "'\"\\"})
    void leavesAloneWhatCanBeStored(String text) {
        assertThat(AuditText.storable(text)).isEqualTo(text);
    }

    @Test
    void replacesWhatCannotBeStored() {
        assertThat(AuditText.storable("a\0b")).isEqualTo("a\ufffdb");
        assertThat(AuditText.storable("\ud800")).isEqualTo("\ufffd");
        assertThat(AuditText.storable("\udc00\ud83d")).isEqualTo("\ufffd\ufffd");
        assertThat(AuditText.storable("\ud83d\ude00\ude00")).isEqualTo("😀\ufffd");
    }

    @Test
    void keepsTypesOrderAndNullOfArguments() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("rolename", "a\0\"");
        arguments.put("password", "***");
        arguments.put("login", true);
        arguments.put("conn_limit", -1);
        arguments.put("min_free_bytes", 10_737_418_240L);
        arguments.put("valid_until", null);

        String json = AuditText.json(arguments);

        assertThat(json)
                .isEqualTo("{\"rolename\":\"a\ufffd\\\"\",\"password\":\"***\",\"login\":true,\"conn_limit\":-1,"
                        + "\"min_free_bytes\":10737418240,\"valid_until\":null}");
        arguments.put("rolename", "a\ufffd\"");
        assertThat(AuditText.members(json)).isEqualTo(arguments);
    }

    @ParameterizedTest
    @CsvSource({"RUNNING,running", "SUCCEEDED,succeeded", "FAILED,failed", "DENIED,denied", "UNKNOWN,unknown"})
    void namesOutcomesAsTheColumnDoes(Outcome outcome, String text) {
        assertThat(outcome.text()).isEqualTo(text);
    }
}
