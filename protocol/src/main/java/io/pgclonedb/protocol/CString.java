package io.pgclonedb.protocol;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes without NUL: SQL text, a name, a message, in whatever encoding the session has agreed on (type String of the
 * PostgreSQL documentation, "Message Data Types"). Two are equal when their bytes are. Immutable.
 */
public final class CString {
    /** No bytes: the name of the unnamed statement and portal. */
    public static final CString EMPTY = new CString(new byte[0]);

    private final byte[] bytes;

    private CString(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A copy of the bytes.
     *
     * @throws ProtocolException when one of them is NUL
     */
    public static CString of(byte[] bytes) {
        return withoutNul(bytes.clone());
    }

    /**
     * The text in UTF-8.
     *
     * @throws ProtocolException when it holds a NUL or half of a surrogate pair
     */
    public static CString ofUtf8(String text) {
        return withoutNul(Utf8.encode(text));
    }

    /**
     * The text in ASCII, and so in every encoding a session may have.
     *
     * @throws ProtocolException when it holds a NUL or anything beyond ASCII
     */
    public static CString ofAscii(String text) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            char c = text.charAt(i);
            if (c > 0x7f) {
                throw new ProtocolException(
                        ProtocolException.Reason.INVALID_ENCODING, "invalid byte sequence for encoding \"SQL_ASCII\"");
            }
            bytes[i] = (byte) c;
        }
        return withoutNul(bytes);
    }

    private static CString withoutNul(byte[] owned) {
        for (byte b : owned) {
            if (b == 0) {
                throw new ProtocolException("invalid string in message");
            }
        }
        return owned.length == 0 ? EMPTY : new CString(owned);
    }

    /**
     * Reads up to a NUL and skips it. Nothing is consumed on failure.
     *
     * @throws ProtocolException when there is none among the readable bytes
     */
    public static CString read(ByteBuf in) {
        int length = in.bytesBefore((byte) 0);
        if (length < 0) {
            throw new ProtocolException("invalid string in message");
        }
        byte[] bytes = new byte[length];
        in.readBytes(bytes).skipBytes(1);
        return length == 0 ? EMPTY : new CString(bytes);
    }

    /** Writes the bytes and a NUL. */
    public void write(ByteBuf out) {
        out.writeBytes(bytes).writeByte(0);
    }

    /** A copy of the bytes, without a NUL. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Bytes, without the NUL. */
    public int length() {
        return bytes.length;
    }

    /** Whether there are no bytes. */
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /**
     * One byte.
     *
     * @param index from 0 to {@link #length()} - 1
     */
    public byte byteAt(int index) {
        return bytes[index];
    }

    /** The first {@code maxLength} bytes, or this when it has no more, as the server cuts off names. */
    public CString truncated(int maxLength) {
        return bytes.length <= maxLength ? this : new CString(Arrays.copyOf(bytes, maxLength));
    }

    /**
     * The text, read as UTF-8.
     *
     * @throws ProtocolException when it is not valid UTF-8
     */
    public String utf8() {
        return Utf8.decode(bytes);
    }

    /** One character a byte, which every sequence of bytes allows. */
    public String latin1() {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CString that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The length alone, for the text may hold a secret. */
    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
