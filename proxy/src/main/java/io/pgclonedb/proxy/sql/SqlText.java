package io.pgclonedb.proxy.sql;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The text of a Query or Parse: bytes in the client's encoding, of which all below 128 are ASCII. Not thread-safe. */
final class SqlText {
    private final byte[] bytes;
    private final ClientEncoding encoding;
    /** The offset up to which {@link #counted} characters were counted. */
    private int countedTo;

    private int counted;

    SqlText(byte[] bytes, ClientEncoding encoding) {
        this.bytes = bytes;
        this.encoding = encoding;
    }

    int length() {
        return bytes.length;
    }

    /** The byte at an offset as 0 to 255; -1 beyond the end. */
    int at(int offset) {
        return offset < bytes.length ? bytes[offset] & 0xff : -1;
    }

    byte[] bytes() {
        return bytes;
    }

    /** How many characters two offsets are apart. */
    int characters(int from, int to) {
        Charset charset = encoding.charset();
        if (charset == null) {
            return to - from;
        }
        if (!charset.equals(StandardCharsets.UTF_8)) {
            String text = new String(bytes, from, to - from, charset);
            return text.codePointCount(0, text.length());
        }
        int count = 0;
        for (int i = from; i < to; i++) {
            if ((bytes[i] & 0xc0) != 0x80) {
                count++;
            }
        }
        return count;
    }

    /** An offset as PostgreSQL reports positions: characters from 1. */
    int position(int offset) {
        return charactersBefore(offset) + 1;
    }

    /** How many characters stand before an offset; costs the distance from the offset that was asked for last. */
    int charactersBefore(int offset) {
        counted += offset >= countedTo ? characters(countedTo, offset) : -characters(offset, countedTo);
        countedTo = offset;
        return counted;
    }

    /** The error with the position of an offset. */
    PgException error(PgException error, int offset) {
        return error.withPosition(position(offset));
    }

    /** PostgreSQL's "syntax error at or near", or "at end of input" when the offset is there. */
    PgException syntaxError(int offset, int end) {
        String message = offset >= bytes.length
                ? "syntax error at end of input"
                : "syntax error at or near \"" + shown(offset, end) + "\"";
        return error(PgException.error(SqlState.SYNTAX_ERROR, message), offset);
    }

    /** A part of the text for a message or a name; bytes that are no characters are shown as such. */
    String shown(int from, int to) {
        Charset charset = encoding.charset();
        return new String(bytes, from, to - from, charset == null ? StandardCharsets.ISO_8859_1 : charset);
    }

    /** Bytes as characters; null when they are none or the encoding is unknown here. */
    @Nullable
    String decode(byte[] some) {
        boolean ascii = true;
        for (byte each : some) {
            ascii &= each >= 0;
        }
        if (ascii) {
            return new String(some, StandardCharsets.US_ASCII);
        }
        Charset charset = encoding.charset();
        if (charset == null) {
            return null;
        }
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(some))
                    .toString();
        } catch (CharacterCodingException invalid) {
            return null;
        }
    }

    /** Text that was written here, which is ASCII but for what {@link #shown} gave. */
    ClientEncoding encoding() {
        return encoding;
    }

    /** Refuses what the server would not even lex. */
    void requireValid() {
        if (encoding.equals(ClientEncoding.UTF8) && decode(bytes) == null) {
            throw PgException.error(
                    SqlState.CHARACTER_NOT_IN_REPERTOIRE, "invalid byte sequence for encoding \"UTF8\"");
        }
    }
}
