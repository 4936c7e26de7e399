package io.pgclonedb.protocol;

import static io.pgclonedb.protocol.Wire.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.protocol.backend.AuthenticationRequest;
import io.pgclonedb.protocol.backend.BackendKeyData;
import io.pgclonedb.protocol.backend.DataRow;
import io.pgclonedb.protocol.backend.ErrorResponse;
import io.pgclonedb.protocol.backend.ParameterStatus;
import io.pgclonedb.protocol.backend.ResponseFields;
import io.pgclonedb.protocol.frontend.Bind;
import io.pgclonedb.protocol.frontend.Parse;
import io.pgclonedb.protocol.frontend.Query;
import io.pgclonedb.protocol.startup.CancelRequest;
import io.pgclonedb.protocol.startup.StartupMessage;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is logged by mistake shows nothing of what it holds. */
class SecrecyTest {
    private static final String SECRET = "hunter2";

    static Stream<Object> holders() {
        CString text = text(SECRET);
        Value value = Value.ofUtf8(SECRET);
        return Stream.of(
                new Query(text),
                new Parse(text, text, List.of()),
                new Bind(text, text, List.of(), List.of(value), List.of()),
                new AuthenticationRequest(AuthenticationRequest.SASL_CONTINUE, value),
                new BackendKeyData(1, value),
                new DataRow(List.of(value)),
                new ErrorResponse(ResponseFields.of("ERROR", "42601", text)),
                new ParameterStatus(text, text),
                new CancelRequest(1, value),
                new StartupMessage(3, 0, List.of(StartupMessage.Parameter.of("user", SECRET))));
    }

    @ParameterizedTest
    @MethodSource("holders")
    void isKeptByToString(Object holder) {
        assertThat(holder.toString()).doesNotContain(SECRET).doesNotContain("104");
    }
}
