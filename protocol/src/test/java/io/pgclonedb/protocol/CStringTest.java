package io.pgclonedb.protocol;

import static io.pgclonedb.protocol.Wire.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CStringTest {

    @Test
    void isReadUpToTheFirstNul() {
        CString first = Wire.decode(bytes("ab\0cd\0"), CString::read);

        assertThat(first).isEqualTo(CString.ofAscii("ab"));
        assertThat(first.length()).isEqualTo(2);
        assertThat(first.byteAt(1)).isEqualTo((byte) 'b');
    }

    @Test
    void isRefusedWithoutNul() {
        assertThatThrownBy(() -> Wire.decode(bytes("ab"), CString::read))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("invalid string in message");
    }

    @Test
    void isWrittenWithNul() {
        assertThat(Wire.encode(CString.ofUtf8("ü")::write)).isEqualTo(bytes(0xc3, 0xbc, 0));
    }

    @Test
    void holdsNoNul() {
        assertThatThrownBy(() -> CString.of(bytes("a\0b"))).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> CString.ofUtf8("a\0b")).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> CString.ofAscii("\0")).isInstanceOf(ProtocolException.class);
    }

    @Test
    void doesNotChangeWithTheArraysItWasMadeOfOrGave() {
        byte[] source = bytes("abc");
        CString text = CString.of(source);
        source[0] = 'x';
        text.bytes()[1] = 'x';

        assertThat(text).isEqualTo(CString.ofAscii("abc"));
    }

    @Test
    void isEqualByBytes() {
        assertThat(CString.of(bytes("a"))).isEqualTo(CString.ofUtf8("a")).hasSameHashCodeAs(CString.ofUtf8("a"));
        assertThat(CString.ofAscii("a")).isNotEqualTo(CString.ofAscii("b")).isNotEqualTo("a");
        assertThat(CString.ofAscii(""))
                .isEqualTo(CString.EMPTY)
                .satisfies(text -> assertThat(text.isEmpty()).isTrue());
    }

    @Test
    void readsUtf8OfEveryLength() {
        String text = "aé€\uD83D\uDE00";

        assertThat(CString.of(bytes("a", 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80))
                        .utf8())
                .isEqualTo(text);
        assertThat(CString.ofUtf8(text).length()).isEqualTo(10);
    }

    static Stream<byte[]> invalidUtf8() {
        return Stream.of(
                bytes(0x80),
                bytes("a", 0xc3),
                bytes(0xc3, "a"),
                // overlong
                bytes(0xc0, 0xaf),
                bytes(0xc1, 0xbf),
                bytes(0xe0, 0x80, 0xaf),
                bytes(0xf0, 0x80, 0x80, 0xaf),
                // surrogates
                bytes(0xed, 0xa0, 0x80),
                bytes(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80),
                // beyond Unicode
                bytes(0xf4, 0x90, 0x80, 0x80),
                bytes(0xf8, 0x88, 0x80, 0x80, 0x80),
                bytes(0xff));
    }

    @ParameterizedTest
    @MethodSource("invalidUtf8")
    void refusesToReadAnythingElseAsUtf8(byte[] invalid) {
        assertThatThrownBy(() -> CString.of(invalid).utf8())
                .isInstanceOf(ProtocolException.class)
                .hasMessage("invalid byte sequence for encoding \"UTF8\"")
                .extracting(e -> ((ProtocolException) e).sqlState())
                .isEqualTo("22021");
        assertThatThrownBy(() -> Value.of(invalid).utf8()).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "a\uDE00", "\uDE00\uD83D"})
    void refusesHalfASurrogatePair(String text) {
        assertThatThrownBy(() -> CString.ofUtf8(text)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> Value.ofUtf8(text)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void refusesMoreThanAsciiAsAscii() {
        assertThatThrownBy(() -> CString.ofAscii("é")).isInstanceOf(ProtocolException.class);
    }

    @Test
    void readsAnyBytesAsLatin1() {
        assertThat(CString.of(bytes(0xff, "a", 0x80)).latin1()).isEqualTo("\u00ffa\u0080");
    }

    @Test
    void isCutOffByBytes() {
        CString text = CString.ofUtf8("aé");

        assertThat(text.truncated(2)).isEqualTo(CString.of(bytes("a", 0xc3)));
        assertThat(text.truncated(3)).isSameAs(text);
    }

    @Test
    void printsItsLengthAlone() {
        assertThat(CString.ofAscii("secret")).hasToString("6 bytes");
    }
}
