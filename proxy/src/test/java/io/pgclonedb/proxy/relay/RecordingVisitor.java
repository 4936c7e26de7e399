package io.pgclonedb.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.pgclonedb.protocol.ProtocolException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A visitor that notes what it is asked and keeps what it writes. Frames go by the case of their type: {@code A} to {@code
 * Z} are looked into and pass, {@code a} to {@code z} are opaque, {@code 0} to {@code 9} are taken.
 */
final class RecordingVisitor implements FrameVisitor {
    static final int SHORT = 64;
    static final int LONGEST = 256;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final ByteArrayOutputStream observed = new ByteArrayOutputStream();
    private final List<ByteBuf> buffers = new ArrayList<>();
    final List<String> frames = new ArrayList<>();
    Supplier<Outcome> taking = () -> Outcome.TAKEN;
    Overflow overflow = Overflow.PASS;
    String refuses = "";

    byte[] written() {
        return written.toByteArray();
    }

    byte[] observed() {
        return observed.toByteArray();
    }

    /** Buffers that were written and not released. */
    long unreleased() {
        return buffers.stream().filter(buffer -> buffer.refCnt() > 0).count();
    }

    @Override
    public boolean looksInto(byte type, int length) {
        refuse("looksInto", type);
        if (length < Integer.BYTES) {
            throw new ProtocolException("invalid message length");
        }
        return !Character.isLowerCase(type);
    }

    @Override
    public void passing(byte type) {
        frames.add("passing " + (char) type);
    }

    @Override
    public boolean passes(byte type, ByteBuf buffer, int at, int size) {
        refuse("passes", type);
        if (Character.isDigit(type)) {
            return false;
        }
        frames.add("passes " + text(buffer, at, size));
        return true;
    }

    @Override
    public Outcome take(byte type, ByteBuf frame) {
        refuse("take", type);
        Outcome outcome = taking.get();
        if (outcome == Outcome.TAKEN) {
            String text = text(frame, frame.readerIndex(), frame.readableBytes());
            frames.add("taken " + text);
            written.writeBytes(ByteBufUtil.getBytes(frame));
        }
        return outcome;
    }

    @Override
    public int collectedFirst(byte type) {
        return SHORT;
    }

    @Override
    public int longestCollected() {
        return LONGEST;
    }

    @Override
    public Overflow overflow(byte type, ByteBuf prefix) {
        refuse("overflow", type);
        if (prefix.readableBytes() >= LONGEST) {
            throw new ProtocolException("too long");
        }
        frames.add("overflow " + (char) type + " " + prefix.readableBytes());
        return overflow;
    }

    @Override
    public void observe(ByteBuf buffer, int at, int size) {
        refuse("observe", (byte) 0);
        observed.writeBytes(ByteBufUtil.getBytes(buffer, at, size));
    }

    @Override
    public void write(ByteBuf bytes) {
        written.writeBytes(ByteBufUtil.getBytes(bytes));
        bytes.release();
        buffers.add(bytes);
    }

    private void refuse(String question, byte type) {
        if (refuses.equals(question) || refuses.equals(question + " " + (char) type)) {
            throw new ProtocolException("refused in " + question);
        }
    }

    private static String text(ByteBuf buffer, int at, int size) {
        return Frame.text(ByteBufUtil.getBytes(buffer, at, size));
    }
}
