package io.pgclonedb.protocol;

import static io.pgclonedb.protocol.Wire.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.backend.CopyInResponse;
import io.pgclonedb.protocol.backend.DataRow;
import io.pgclonedb.protocol.backend.NegotiateProtocolVersion;
import io.pgclonedb.protocol.backend.ParameterDescription;
import io.pgclonedb.protocol.backend.RowDescription;
import io.pgclonedb.protocol.frontend.Bind;
import io.pgclonedb.protocol.frontend.Parse;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Counts and lengths that a peer declares, and does not keep. */
class DeclaredSizeTest {

    static Stream<Arguments> lies() {
        return Stream.of(
                arguments(bytes("\0\0", 0xff, 0xff, 0, 0, 0, 1), decoder(Parse::decode)),
                arguments(bytes("\0\0", 0x80, 0), decoder(Parse::decode)),
                arguments(bytes("\0\0", 0xff, 0xff, 0, 0, 0, 0), decoder(Bind::decode)),
                arguments(bytes("\0\0", 0, 0, 0xff, 0xff, 0, 0), decoder(Bind::decode)),
                arguments(bytes("\0\0", 0, 0, 0, 0, 0xff, 0xff), decoder(Bind::decode)),
                arguments(bytes("\0\0", 0, 0, 0, 1, 0x7f, 0xff, 0xff, 0xff, 0, 0), decoder(Bind::decode)),
                arguments(bytes("\0\0", 0, 0, 0, 1, 0xff, 0xff, 0xff, 0xfe, 0, 0), decoder(Bind::decode)),
                arguments(bytes("\0\0", 0, 0, 0, 1, 0x80, 0, 0, 0, 0, 0), decoder(Bind::decode)),
                arguments(bytes(0xff, 0xff, 0, 0, 0, 0), decoder(DataRow::decode)),
                arguments(bytes(0, 1, 0x7f, 0xff, 0xff, 0xff, "x"), decoder(DataRow::decode)),
                arguments(bytes(0, 1, 0x80, 0, 0, 0, "x"), decoder(DataRow::decode)),
                arguments(bytes(0xff, 0xff, "a\0"), decoder(RowDescription::decode)),
                arguments(bytes(0xff, 0xff, 0, 0), decoder(ParameterDescription::decode)),
                arguments(bytes(0, 0xff, 0xff, 0, 0), decoder(CopyInResponse::decode)),
                arguments(bytes(0, 3, 0, 0, 0x7f, 0xff, 0xff, 0xff, "a\0"), decoder(NegotiateProtocolVersion::decode)),
                arguments(bytes(0, 3, 0, 0, 0xff, 0xff, 0xff, 0xff, "a\0"), decoder(NegotiateProtocolVersion::decode)));
    }

    private static Function<ByteBuf, Message> decoder(Function<ByteBuf, Message> decoder) {
        return decoder;
    }

    @ParameterizedTest
    @MethodSource("lies")
    void isRefusedWhenThatManyBytesAreNotThere(byte[] payload, Function<ByteBuf, Message> decoder) {
        assertThatThrownBy(() -> Wire.decode(payload, decoder))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("insufficient data left in message");
    }

    @Test
    void isReadWithoutASignAsTheServerReadsIt() {
        ParameterDescription most = new ParameterDescription(Collections.nCopies(0xffff, 25));

        byte[] frame = Wire.encode(most::encode);
        byte[] payload = Arrays.copyOfRange(frame, 5, frame.length);

        assertThat(Wire.decode(payload, ParameterDescription::decode)).isEqualTo(most);
    }

    @Test
    void isNeverMoreThanTheWireCanSay() {
        List<Integer> tooMany = Collections.nCopies(0x10000, 25);

        assertThatThrownBy(() -> new ParameterDescription(tooMany)).isInstanceOf(ProtocolException.class);
    }
}
