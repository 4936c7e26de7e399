package io.pgclonedb.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatTest {

    @ParameterizedTest
    @EnumSource
    void isFoundByItsCode(Format format) {
        assertThat(Format.of(format.code())).isEqualTo(format);
    }

    @ParameterizedTest
    @ValueSource(shorts = {-1, 2, Short.MIN_VALUE, Short.MAX_VALUE})
    void isRefusedForAnyOtherCode(short code) {
        assertThatThrownBy(() -> Format.of(code))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("unsupported format code: " + code)
                .extracting(e -> ((ProtocolException) e).sqlState())
                .isEqualTo("22023");
    }

    @Test
    void isTextWithoutCodesTheSameForAllWithOneAndElseItsOwn() {
        assertThat(Format.of(List.of(), 7)).isEqualTo(Format.TEXT);
        assertThat(Format.of(List.of((short) 1), 7)).isEqualTo(Format.BINARY);
        assertThat(Format.of(List.of((short) 1, (short) 0), 1)).isEqualTo(Format.TEXT);
        assertThatThrownBy(() -> Format.of(List.of((short) 1, (short) 0), 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
