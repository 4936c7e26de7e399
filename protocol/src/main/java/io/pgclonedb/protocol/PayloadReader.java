package io.pgclonedb.protocol;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Reads the payload of one frame strictly: beyond its end there is nothing, all of it must be used, and nothing is
 * allocated for a declared count or length before that many bytes are known to be there. Every failure is a
 * {@link ProtocolException} with the words PostgreSQL uses. It moves the buffer's reader index and never releases it.
 */
public final class PayloadReader {
    private final ByteBuf in;

    private PayloadReader(ByteBuf in) {
        this.in = in;
    }

    /**
     * Reads a whole payload, which is the readable part of the buffer.
     *
     * @throws ProtocolException when there is too little or something is left over
     */
    public static <T> T readAll(ByteBuf payload, Function<PayloadReader, T> decoder) {
        T message = decoder.apply(new PayloadReader(payload));
        if (payload.isReadable()) {
            throw new ProtocolException("invalid message format");
        }
        return message;
    }

    /** One byte. */
    public byte readByte() {
        if (!in.isReadable()) {
            throw new ProtocolException("no data left in message");
        }
        return in.readByte();
    }

    /** An Int16. */
    public short readShort() {
        require(Short.BYTES);
        return in.readShort();
    }

    /** An Int32. */
    public int readInt() {
        require(Integer.BYTES);
        return in.readInt();
    }

    /** Bytes up to a NUL, which is skipped. */
    public CString readCString() {
        return CString.read(in);
    }

    /** An Int16 count, which PostgreSQL reads without a sign, and as many Int16. */
    public List<Short> readShorts() {
        return readList(readCount(), Short.BYTES, PayloadReader::readShort);
    }

    /** An Int16 count, which PostgreSQL reads without a sign, and as many Int32. */
    public List<Integer> readInts() {
        return readList(readCount(), Integer.BYTES, PayloadReader::readInt);
    }

    /** An Int16 count, which PostgreSQL reads without a sign, and as many values, each after its Int32 length. */
    public List<Value> readValues() {
        return readList(readCount(), Integer.BYTES, PayloadReader::readValue);
    }

    /** An Int16 count, which PostgreSQL reads without a sign. */
    public int readCount() {
        return Short.toUnsignedInt(readShort());
    }

    /**
     * As many items as declared.
     *
     * @param minimumLength of one item, in bytes, at least 1
     */
    public <T> List<T> readList(int count, int minimumLength, Function<PayloadReader, T> item) {
        if (count < 0 || (long) count * minimumLength > in.readableBytes()) {
            throw new ProtocolException("insufficient data left in message");
        }
        List<T> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.add(item.apply(this));
        }
        return items;
    }

    /** All that is left. */
    public Value readRest() {
        return Value.read(in, in.readableBytes());
    }

    private Value readValue() {
        int length = readInt();
        return length == -1 ? Value.NULL : Value.read(in, length);
    }

    private void require(int length) {
        if (in.readableBytes() < length) {
            throw new ProtocolException("insufficient data left in message");
        }
    }
}
