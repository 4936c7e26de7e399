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

class BackendMessageTest {

    @Test
    void readyForQueryKnowsThreeStatusesAmongAllBytes() {
        for (int status = 0; status < 256; status++) {
            byte[] payload = bytes(status);
            if ("ITE".indexOf(status) >= 0) {
                assertThat(Wire.decode(payload, ReadyForQuery::decode).status().code())
                        .isEqualTo((byte) status);
            } else {
                assertThatThrownBy(() -> Wire.decode(payload, ReadyForQuery::decode))
                        .isInstanceOf(ProtocolException.class)
                        .hasMessage("invalid transaction status " + status);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 32, 256})
    void backendKeyDataHasAKeyOfAnyAllowedLength(int length) {
        byte[] payload = bytes(0, 0, 0, 1, "k".repeat(length));

        assertThat(Wire.decode(payload, BackendKeyData::decode).key().length()).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 257})
    void backendKeyDataHasNoShorterOrLongerKey(int length) {
        byte[] payload = bytes(0, 0, 0, 1, "k".repeat(length));

        assertThatThrownBy(() -> Wire.decode(payload, BackendKeyData::decode)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void dataRowTakesAnotherValueInAColumn() {
        DataRow row = new DataRow(List.of(Value.NULL, Value.ofUtf8("b")));

        assertThat(row.withColumn(0, Value.ofUtf8("a")))
                .isEqualTo(new DataRow(List.of(Value.ofUtf8("a"), Value.ofUtf8("b"))));
        assertThatThrownBy(() -> row.withColumn(2, Value.NULL)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void rowDescriptionDescribesAComputedTextColumnAsTheServerDoes() {
        RowDescription description = new RowDescription(List.of(RowDescription.Field.ofText(text("t"))));

        assertThat(Wire.encode(description::encode))
                .isEqualTo(bytes(
                        "T", 0, 0, 0, 26, 0, 1, "t\0", 0, 0, 0, 0, 0, 0, 0, 0, 0, 25, 0xff, 0xff, 0xff, 0xff, 0xff,
                        0xff, 0, 0));
    }
}
