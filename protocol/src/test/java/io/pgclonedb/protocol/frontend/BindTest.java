package io.pgclonedb.protocol.frontend;

import static io.pgclonedb.protocol.Wire.bytes;
import static io.pgclonedb.protocol.Wire.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.Format;
import io.pgclonedb.protocol.ProtocolException;
import io.pgclonedb.protocol.Value;
import io.pgclonedb.protocol.Wire;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BindTest {
    private static final Value A = Value.ofUtf8("a");
    private static final Value B = Value.ofUtf8("b");
    private static final short TEXT = 0;
    private static final short BINARY = 1;

    private static Bind bind(List<Short> formats, Value... values) {
        return new Bind(CString.EMPTY, text("s"), formats, List.of(values), List.of());
    }

    private static List<Format> formatsOf(Bind bind) {
        return IntStream.range(0, bind.parameters().size())
                .mapToObj(bind::formatOf)
                .toList();
    }

    @Test
    void readsParametersAsTextWithoutFormatCodes() {
        assertThat(formatsOf(bind(List.of(), A, B))).containsExactly(Format.TEXT, Format.TEXT);
    }

    @Test
    void readsAllParametersInTheFormatOfASingleCode() {
        assertThat(formatsOf(bind(List.of(BINARY), A, B))).containsExactly(Format.BINARY, Format.BINARY);
    }

    @Test
    void readsEachParameterInItsOwnFormat() {
        assertThat(formatsOf(bind(List.of(TEXT, BINARY), A, B))).containsExactly(Format.TEXT, Format.BINARY);
    }

    @Test
    void takesASingleCodeWithoutParametersAsTheServerDoes() {
        assertThat(formatsOf(bind(List.of(BINARY)))).isEmpty();
    }

    @Test
    void hasNoFormatForAParameterItHasNot() {
        assertThatThrownBy(() -> bind(List.of(), A).formatOf(1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> bind(List.of(BINARY), A).formatOf(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void keepsAnUnknownFormatCodeUntilItIsNeeded() {
        Bind bind = bind(List.of((short) 2), A);

        assertThatThrownBy(() -> bind.formatOf(0))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("unsupported format code: 2");
    }

    @Test
    void refusesFormatsThatDoNotFitTheParametersInTheWordsOfTheServer() {
        byte[] payload = bytes("\0\0", 0, 2, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, "a", 0, 0);

        assertThatThrownBy(() -> Wire.decode(payload, Bind::decode))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("bind message has 2 parameter formats but 1 parameters")
                .extracting(e -> ((ProtocolException) e).sqlState())
                .isEqualTo("08P01");
        assertThatThrownBy(() -> bind(List.of(TEXT, TEXT), A, B).withParameters(List.of(TEXT, TEXT), List.of(A)))
                .hasMessage("bind message has 2 parameter formats but 1 parameters");
    }

    @Test
    void leavesTheNumberOfResultFormatsToTheServer() {
        Bind bind = new Bind(CString.EMPTY, CString.EMPTY, List.of(), List.of(), List.of(TEXT, BINARY, TEXT));

        assertThat(bind.resultFormats()).hasSize(3);
    }

    @Test
    void replacesOneValueInItsFormat() {
        Bind bind = bind(List.of(TEXT, BINARY), A, B);

        assertThat(bind.withParameter(1, Value.NULL)).isEqualTo(bind(List.of(TEXT, BINARY), A, Value.NULL));
        assertThatThrownBy(() -> bind.withParameter(2, A)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void appendsAParameterWithoutChangingTheFormatsOfTheOthers() {
        assertThat(bind(List.of()).withAppendedParameter(Format.BINARY, B)).isEqualTo(bind(List.of(BINARY), B));
        assertThat(bind(List.of(BINARY)).withAppendedParameter(Format.TEXT, B)).isEqualTo(bind(List.of(TEXT), B));
        assertThat(bind(List.of(), A).withAppendedParameter(Format.BINARY, B))
                .isEqualTo(bind(List.of(TEXT, BINARY), A, B));
        assertThat(bind(List.of(BINARY), A, A).withAppendedParameter(Format.TEXT, B))
                .isEqualTo(bind(List.of(BINARY, BINARY, TEXT), A, A, B));
        assertThat(bind(List.of(TEXT, BINARY), A, A).withAppendedParameter(Format.TEXT, B))
                .isEqualTo(bind(List.of(TEXT, BINARY, TEXT), A, A, B));
    }

    @Test
    void appendsAParameterEvenBehindUnknownFormatCodes() {
        assertThat(bind(List.of((short) 7), A, A).withAppendedParameter(Format.TEXT, B))
                .isEqualTo(bind(List.of((short) 7, (short) 7, TEXT), A, A, B));
    }

    @Test
    void goesToAnotherPortalAndStatement() {
        Bind renamed = bind(List.of(), A).withNames(text("p2"), text("s2"));

        assertThat(renamed).isEqualTo(new Bind(text("p2"), text("s2"), List.of(), List.of(A), List.of()));
    }

    @Test
    void showsItsNamesAsSoonAsTheyHaveArrived() {
        byte[] payload = bytes("portal\0stmt\0", 0, 0, 0, 0, 0, 0);
        int names = "portal\0stmt\0".length();

        for (int length = 0; length <= payload.length; length++) {
            ByteBuf prefix = Unpooled.wrappedBuffer(payload, 0, length);
            var peeked = Bind.peekNames(prefix);

            assertThat(prefix.readableBytes()).isEqualTo(length);
            if (length < names) {
                assertThat(peeked).as("the first %d bytes", length).isEmpty();
            } else {
                assertThat(peeked).contains(new Bind.Names(text("portal"), text("stmt")));
            }
        }
    }

    @Test
    void showsTheNamesOfTheUnnamedPortalAndStatement() {
        assertThat(Bind.peekNames(Unpooled.wrappedBuffer(bytes("\0\0"))))
                .contains(new Bind.Names(CString.EMPTY, CString.EMPTY));
    }
}
