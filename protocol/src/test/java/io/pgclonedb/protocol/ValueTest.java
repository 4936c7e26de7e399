package io.pgclonedb.protocol;

import static io.pgclonedb.protocol.Wire.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTest {

    @Test
    void nullIsNotTheSameAsNoBytes() {
        assertThat(Value.NULL).isNotEqualTo(Value.EMPTY).isNotEqualTo(Value.of(bytes()));
        assertThat(Value.EMPTY).isEqualTo(Value.ofUtf8("")).isNotEqualTo(Value.NULL);
        assertThat(Value.NULL.isNull()).isTrue();
        assertThat(Value.ofUtf8("").isNull()).isFalse();
        assertThat(Value.NULL.equalsInConstantTime(Value.EMPTY)).isFalse();
    }

    @Test
    void nullHasNoBytesToGive() {
        assertThat(Value.NULL.length()).isZero();
        assertThatThrownBy(Value.NULL::bytes).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(Value.NULL::utf8).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void isEqualByBytes() {
        assertThat(Value.of(bytes("a\0")))
                .isEqualTo(Value.ofUtf8("a\0"))
                .hasSameHashCodeAs(Value.ofUtf8("a\0"))
                .isNotEqualTo(Value.ofUtf8("a"));
        assertThat(Value.ofUtf8("key").equalsInConstantTime(Value.ofUtf8("key")))
                .isTrue();
        assertThat(Value.ofUtf8("key").equalsInConstantTime(Value.ofUtf8("kez")))
                .isFalse();
        assertThat(Value.ofUtf8("key").equalsInConstantTime(Value.ofUtf8("keys")))
                .isFalse();
    }

    @Test
    void doesNotChangeWithTheArraysItWasMadeOfOrGave() {
        byte[] source = bytes("abc");
        Value value = Value.of(source);
        source[0] = 'x';
        value.bytes()[1] = 'x';

        assertThat(value.utf8()).isEqualTo("abc");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, 4, Integer.MAX_VALUE})
    void isRefusedWhenTheLengthIsNotThere(int length) {
        assertThatThrownBy(() -> Wire.decode(bytes("abc"), in -> Value.read(in, length)))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("insufficient data left in message");
    }

    @Test
    void printsItsLengthAlone() {
        assertThat(Value.ofUtf8("secret")).hasToString("6 bytes");
        assertThat(Value.NULL).hasToString("null");
    }
}
