package io.pgclonedb.protocol.backend;

import static io.pgclonedb.protocol.Wire.bytes;
import static io.pgclonedb.protocol.Wire.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.ProtocolException;
import io.pgclonedb.protocol.Wire;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ResponseFieldsTest {
    private static final ResponseFields ERROR = ResponseFields.of("ERROR", "42501", text("no"));

    private static String codes(ResponseFields fields) {
        return fields.fields().stream()
                .map(field -> String.valueOf(field.code()))
                .collect(Collectors.joining());
    }

    @Test
    void beginWithSeverityTwiceSqlStateAndMessage() {
        assertThat(Wire.encode(new ErrorResponse(ERROR)::encode))
                .isEqualTo(bytes("E", 0, 0, 0, 30, "SERROR\0VERROR\0C42501\0Mno\0\0"));
        assertThat(ERROR.sqlState()).isEqualTo("42501");
    }

    @Test
    void areAddedWhereTheServerSendsThem() {
        ResponseFields fields = ERROR;
        for (char code : "RPHWDqpsFtLcdn".toCharArray()) {
            fields = fields.with(code, text("x"));
        }

        assertThat(codes(fields)).isEqualTo("SVCMDHWstcdnPpqFLR");
    }

    @Test
    void areReplacedWhereTheyStand() {
        ResponseFields read =
                Wire.decode(bytes("P3\0Mno\0SERROR\0\0"), ErrorResponse::decode).fields();

        assertThat(read.withPosition(12))
                .isEqualTo(Wire.decode(bytes("P12\0Mno\0SERROR\0\0"), ErrorResponse::decode)
                        .fields());
    }

    @Test
    void areKeptWhenTheirCodeIsUnknown() {
        byte[] payload = bytes("SERROR\0", "Znew\0", 0xff, "\0\0");
        ResponseFields read = Wire.decode(payload, NoticeResponse::decode).fields();

        assertThat(read.get('Z')).contains(text("new"));
        assertThat(read.get('\u00ff')).contains(CString.EMPTY);
        assertThat(codes(read.with(ResponseFields.HINT, text("h")))).isEqualTo("SHZ\u00ff");
    }

    @Test
    void areLeftOut() {
        assertThat(codes(ERROR.with('D', text("d")).without('D'))).isEqualTo("SVCM");
        assertThat(ERROR.without('X')).isEqualTo(ERROR);
        assertThat(ERROR.get('D')).isEmpty();
        assertThat(ERROR.without('C').sqlState()).isEmpty();
    }

    @Test
    void haveACodeOfOneByteThatIsNotTheTerminator() {
        assertThatThrownBy(() -> ERROR.with('\0', CString.EMPTY)).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> ERROR.with('\u0100', CString.EMPTY)).isInstanceOf(ProtocolException.class);
    }
}
