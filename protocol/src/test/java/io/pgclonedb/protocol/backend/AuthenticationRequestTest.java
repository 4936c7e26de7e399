package io.pgclonedb.protocol.backend;

import static io.pgclonedb.protocol.Wire.bytes;
import static io.pgclonedb.protocol.Wire.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgclonedb.protocol.ProtocolException;
import io.pgclonedb.protocol.Value;
import io.pgclonedb.protocol.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationRequestTest {

    private static AuthenticationRequest decode(Object... parts) {
        return Wire.decode(bytes(parts), AuthenticationRequest::decode);
    }

    @Test
    void isTheEndWithCodeZeroAlone() {
        assertThat(decode(0, 0, 0, 0).isOk()).isTrue();
        assertThat(decode(0, 0, 0, 3).isOk()).isFalse();
        assertThat(decode(0, 0, 0, 12, "v=abc").isOk()).isFalse();
    }

    @Test
    void listsTheOfferedMechanisms() {
        assertThat(decode(0, 0, 0, 10, "A\0B\0\0").mechanisms()).containsExactly(text("A"), text("B"));
        assertThat(decode(0, 0, 0, 10, "\0").mechanisms()).isEmpty();
        assertThat(decode(0, 0, 0, 11, "A\0B\0\0").mechanisms()).isEmpty();
    }

    @Test
    void offersWhatIsLeftOfAnOffer() {
        var rest = decode(0, 0, 0, 10, "SCRAM-SHA-256-PLUS\0SCRAM-SHA-256\0\0").mechanisms().stream()
                .filter(mechanism -> !mechanism.latin1().endsWith("-PLUS"))
                .toList();

        assertThat(Wire.encode(AuthenticationRequest.sasl(rest)::encode))
                .isEqualTo(bytes("R", 0, 0, 0, 23, 0, 0, 0, 10, "SCRAM-SHA-256\0\0"));
    }

    @Test
    void refusesAnOfferThatIsNotOne() {
        for (String offer : List.of("", "A", "A\0", "A\0\0B", "\0\0")) {
            assertThatThrownBy(() -> decode(0, 0, 0, 10, offer)).isInstanceOf(ProtocolException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 5, 7, 9})
    void refusesDataWhereThereIsNone(int code) {
        assertThatThrownBy(() -> decode(0, 0, 0, code, "x")).isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8, 11, 12, 99})
    void keepsTheDataOfAnyOtherCode(int code) {
        AuthenticationRequest request = decode(0, 0, 0, code, "r=x\0");

        assertThat(request).isEqualTo(new AuthenticationRequest(code, Value.ofUtf8("r=x\0")));
        assertThat(Wire.encode(request::encode)).isEqualTo(bytes("R", 0, 0, 0, 12, 0, 0, 0, code, "r=x\0"));
    }

    @Test
    void hasDataThoughPerhapsNoBytes() {
        assertThatThrownBy(() -> new AuthenticationRequest(AuthenticationRequest.OK, Value.NULL))
                .isInstanceOf(ProtocolException.class);
    }
}
