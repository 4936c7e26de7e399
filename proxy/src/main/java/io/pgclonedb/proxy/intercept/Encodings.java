package io.pgclonedb.proxy.intercept;

import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.Value;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import io.pgclonedb.proxy.relay.BackendState;
import io.pgclonedb.proxy.sql.ClientEncoding;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Text of a session, in the client encoding that the server last reported. */
final class Encodings {
    private Encodings() {}

    static ClientEncoding of(BackendState state) {
        return ClientEncoding.of(state.setting("client_encoding", "UTF8"));
    }

    /** For text to the client; one that Java does not know gets ASCII and question marks. */
    static Charset charset(BackendState state) {
        Charset charset = of(state).charset();
        return charset == null ? StandardCharsets.US_ASCII : charset;
    }

    static String decodeLeniently(BackendState state, CString text) {
        return new String(text.bytes(), charset(state));
    }

    /**
     * The text of a parameter, read as strictly as the server reads it.
     *
     * @throws PgException 22021 when it is not valid in the client encoding
     */
    static String decode(BackendState state, Value value) {
        try {
            String text = charset(state)
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.bytes()))
                    .toString();
            if (text.indexOf('\0') < 0) {
                return text;
            }
        } catch (CharacterCodingException invalid) {
            // the same error as for a NUL
        }
        throw PgException.error(
                SqlState.CHARACTER_NOT_IN_REPERTOIRE,
                "invalid byte sequence for encoding \"" + of(state).name() + "\"");
    }
}
