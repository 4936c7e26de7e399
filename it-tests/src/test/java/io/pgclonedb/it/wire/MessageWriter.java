package io.pgclonedb.it.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Puts one message together, field by field (PostgreSQL documentation, "Message Data Types"). Not thread-safe. */
public final class MessageWriter {
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    public MessageWriter int8(int value) {
        body.write(value);
        return this;
    }

    public MessageWriter int16(int value) {
        return bytes(ByteBuffer.allocate(2).putShort((short) value).array());
    }

    public MessageWriter int32(int value) {
        return bytes(ByteBuffer.allocate(4).putInt(value).array());
    }

    public MessageWriter bytes(byte[] value) {
        body.writeBytes(value);
        return this;
    }

    /** A string and the zero byte that ends it; a zero inside is written as it stands. */
    public MessageWriter string(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8)).int8(0);
    }

    /** The message with its type byte and its length. */
    public byte[] message(char type) {
        return ByteBuffer.allocate(1 + 4 + body.size())
                .put((byte) type)
                .putInt(4 + body.size())
                .put(body.toByteArray())
                .array();
    }

    /** A message of the startup phase, which has a length but no type byte. */
    public byte[] untyped() {
        return ByteBuffer.allocate(4 + body.size())
                .putInt(4 + body.size())
                .put(body.toByteArray())
                .array();
    }
}
