package io.pgclonedb.it.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Takes the body of one message apart, field by field. Not thread-safe. */
public final class MessageReader {
    private final ByteBuffer body;

    MessageReader(byte[] body) {
        this.body = ByteBuffer.wrap(body);
    }

    public int int8() {
        return body.get();
    }

    public int int16() {
        return body.getShort();
    }

    public int int32() {
        return body.getInt();
    }

    public byte[] bytes(int length) {
        byte[] value = new byte[length];
        body.get(value);
        return value;
    }

    /** The bytes up to the next zero, which is taken too. */
    public String string() {
        int start = body.position();
        while (body.get() != 0) {
            // looking for the zero
        }
        return new String(body.array(), start, body.position() - start - 1, StandardCharsets.UTF_8);
    }

    /** How many bytes are left. */
    public int remaining() {
        return body.remaining();
    }
}
