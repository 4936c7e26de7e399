package io.pgclonedb.proxy.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlStateTest {
    @ParameterizedTest
    @EnumSource(SqlState.class)
    void hasFiveDigitsOrUpperCaseLetters(SqlState state) {
        assertThat(state.code()).matches("[0-9A-Z]{5}");
    }

    @ParameterizedTest
    @EnumSource(SqlState.class)
    void isNoSuccess(SqlState state) {
        assertThat(state.code()).doesNotStartWith("00");
    }

    @Test
    void isDistinct() {
        assertThat(Arrays.stream(SqlState.values()).map(SqlState::code)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4250", "425010"})
    void isRefusedFromElsewhereWhenItHasNotFiveCharacters(String code) {
        assertThatThrownBy(() -> PgException.error(code, "text")).isInstanceOf(IllegalArgumentException.class);
    }
}
