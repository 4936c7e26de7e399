package io.pgclonedb.protocol;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.function.Consumer;

/** Writes the payload of one frame; the counterpart of {@link PayloadReader}. It never releases the buffer. */
public final class PayloadWriter {
    /** What an Int16 count can say, PostgreSQL reading it without a sign. */
    private static final int MAX_COUNT = 0xffff;

    private final ByteBuf out;

    PayloadWriter(ByteBuf out) {
        this.out = out;
    }

    /**
     * An immutable copy of what is to be written after an Int16 count.
     *
     * @throws ProtocolException when there are more than 65535
     */
    public static <T> List<T> counted(List<T> items) {
        if (items.size() > MAX_COUNT) {
            throw new ProtocolException("too many items for one message: " + items.size());
        }
        return List.copyOf(items);
    }

    /** One byte. */
    public PayloadWriter writeByte(byte value) {
        out.writeByte(value);
        return this;
    }

    /** An Int16. */
    public PayloadWriter writeShort(short value) {
        out.writeShort(value);
        return this;
    }

    /** An Int32. */
    public PayloadWriter writeInt(int value) {
        out.writeInt(value);
        return this;
    }

    /** The bytes and a NUL. */
    public PayloadWriter writeCString(CString text) {
        text.write(out);
        return this;
    }

    /** The bytes alone. */
    public PayloadWriter writeRest(Value value) {
        value.write(out);
        return this;
    }

    /** An Int16 count and as many Int16. */
    public PayloadWriter writeShorts(List<Short> values) {
        return writeList(values, this::writeShort);
    }

    /** An Int16 count and as many Int32. */
    public PayloadWriter writeInts(List<Integer> values) {
        return writeList(values, this::writeInt);
    }

    /** An Int16 count and as many values, each after its Int32 length. */
    public PayloadWriter writeValues(List<Value> values) {
        return writeList(values, this::writeValue);
    }

    /** An Int16 count and as many items. */
    public <T> PayloadWriter writeList(List<T> items, Consumer<T> item) {
        out.writeShort(items.size());
        items.forEach(item);
        return this;
    }

    private void writeValue(Value value) {
        out.writeInt(value.isNull() ? -1 : value.length());
        value.write(out);
    }
}
