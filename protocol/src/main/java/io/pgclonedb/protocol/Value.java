package io.pgclonedb.protocol;

import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * The bytes of a parameter, a column, a cancel key or authentication data, or NULL. Two are equal when their bytes are;
 * NULL equals itself alone. Immutable.
 */
public final class Value {
    /** The SQL null value, which is not the same as no bytes. */
    public static final Value NULL = new Value(new byte[0]);

    /** No bytes. */
    public static final Value EMPTY = new Value(new byte[0]);

    private final byte[] bytes;

    private Value(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of the bytes; never {@link #NULL}. */
    public static Value of(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Value(bytes.clone());
    }

    /**
     * The text in UTF-8; never {@link #NULL}.
     *
     * @throws ProtocolException when it holds half of a surrogate pair
     */
    public static Value ofUtf8(String text) {
        return new Value(Utf8.encode(text));
    }

    /**
     * Reads exactly so many bytes. Nothing is consumed on failure.
     *
     * @throws ProtocolException when {@code length} is negative or there are fewer
     */
    public static Value read(ByteBuf in, int length) {
        if (length < 0 || length > in.readableBytes()) {
            throw new ProtocolException("insufficient data left in message");
        }
        byte[] bytes = new byte[length];
        in.readBytes(bytes);
        return new Value(bytes);
    }

    /** Writes the bytes alone, none for {@link #NULL}. */
    public void write(ByteBuf out) {
        out.writeBytes(bytes);
    }

    /** Whether this is {@link #NULL}. */
    @SuppressWarnings("ReferenceEquality") // NULL is this one instance, whatever bytes it holds
    public boolean isNull() {
        return this == NULL;
    }

    /**
     * A copy of the bytes.
     *
     * @throws IllegalStateException when this is {@link #NULL}; ask {@link #isNull()} first
     */
    public byte[] bytes() {
        requireBytes();
        return bytes.clone();
    }

    /** Bytes; 0 for {@link #NULL}. */
    public int length() {
        return bytes.length;
    }

    /**
     * The text, read as UTF-8.
     *
     * @throws ProtocolException when it is not valid UTF-8
     * @throws IllegalStateException when this is {@link #NULL}; ask {@link #isNull()} first
     */
    public String utf8() {
        requireBytes();
        return Utf8.decode(bytes);
    }

    private void requireBytes() {
        if (isNull()) {
            throw new IllegalStateException("the value is null");
        }
    }

    /** As {@link #equals}, in a time that does not tell how many bytes are the same. */
    public boolean equalsInConstantTime(Value that) {
        return isNull() == that.isNull() && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Value that && isNull() == that.isNull() && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The length alone, for the bytes may be a secret. */
    @Override
    public String toString() {
        return isNull() ? "null" : bytes.length + " bytes";
    }
}
