package io.pgclonedb.protocol.frontend;

import static io.pgclonedb.protocol.Wire.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.ProtocolException;
import io.pgclonedb.protocol.Wire;
import org.junit.jupiter.api.Test;

/** Describe and Close are about a prepared statement or a portal and nothing else. */
class SubtypeTest {

    @Test
    void isStatementOrPortalAmongAllBytes() {
        for (int kind = 0; kind < 256; kind++) {
            byte[] payload = bytes(kind, "\0");
            if (kind == 'S' || kind == 'P') {
                assertThat(Wire.decode(payload, Describe::decode).isStatement()).isEqualTo(kind == 'S');
                assertThat(Wire.decode(payload, Close::decode).isStatement()).isEqualTo(kind == 'S');
            } else {
                assertThatThrownBy(() -> Wire.decode(payload, Describe::decode))
                        .isInstanceOf(ProtocolException.class)
                        .hasMessage("invalid DESCRIBE message subtype " + kind);
                assertThatThrownBy(() -> Wire.decode(payload, Close::decode))
                        .isInstanceOf(ProtocolException.class)
                        .hasMessage("invalid CLOSE message subtype " + kind);
            }
        }
    }

    @Test
    void isNotACharacterThatOnlyBecomesOneOnTheWire() {
        assertThatThrownBy(() -> new Describe((char) ('S' + 0x100), CString.EMPTY))
                .isInstanceOf(ProtocolException.class);
    }
}
