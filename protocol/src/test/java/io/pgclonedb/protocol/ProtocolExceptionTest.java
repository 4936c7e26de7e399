package io.pgclonedb.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProtocolExceptionTest {

    @ParameterizedTest
    @EnumSource
    void hasAnSqlStateOfFiveCharacters(ProtocolException.Reason reason) {
        ProtocolException refusal = new ProtocolException(reason, "no");

        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal.sqlState()).matches("[0-9A-Z]{5}");
    }

    @Test
    void isAProtocolViolationUnlessSaidOtherwiseAndHasNoStackTrace() {
        ProtocolException refusal = new ProtocolException("invalid message format");

        assertThat(refusal.sqlState()).isEqualTo("08P01");
        assertThat(refusal).hasMessage("invalid message format");
        assertThat(refusal.getStackTrace()).isEmpty();
    }
}
