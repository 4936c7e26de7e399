package io.pgclonedb.protocol.frontend;

import static io.pgclonedb.protocol.Wire.bytes;
import static io.pgclonedb.protocol.Wire.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.ProtocolException;
import io.pgclonedb.protocol.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryTest {

    @Test
    void isAFrameAsTheDocumentationDrawsIt() {
        assertThat(Wire.encode(new Query(text("select 1"))::encode)).isEqualTo(bytes("Q", 0, 0, 0, 13, "select 1\0"));
    }

    @Test
    void refusesASecondTextBehindANul() {
        assertThatThrownBy(() -> Wire.decode(bytes("select 1\0select 2\0"), Query::decode))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("invalid message format");
    }

    @Test
    void preparesTheSameUnderAnotherTextOrWithOtherTypes() {
        Parse parse = new Parse(text("s"), text("a"), List.of(25));

        assertThat(parse.withText(text("b"))).isEqualTo(new Parse(text("s"), text("b"), List.of(25)));
        assertThat(parse.withParameterTypes(List.of())).isEqualTo(new Parse(text("s"), text("a"), List.of()));
        assertThat(parse.withText(CString.EMPTY).text().isEmpty()).isTrue();
    }
}
