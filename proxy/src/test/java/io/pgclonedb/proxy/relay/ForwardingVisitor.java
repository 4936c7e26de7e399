package io.pgclonedb.proxy.relay;

import io.netty.buffer.ByteBuf;

/** Asks another visitor. */
class ForwardingVisitor implements FrameVisitor {
    private final FrameVisitor other;

    ForwardingVisitor(FrameVisitor other) {
        this.other = other;
    }

    @Override
    public boolean looksInto(byte type, int length) {
        return other.looksInto(type, length);
    }

    @Override
    public void passing(byte type) {
        other.passing(type);
    }

    @Override
    public boolean passes(byte type, ByteBuf buffer, int at, int size) {
        return other.passes(type, buffer, at, size);
    }

    @Override
    public Outcome take(byte type, ByteBuf frame) {
        return other.take(type, frame);
    }

    @Override
    public int collectedFirst(byte type) {
        return other.collectedFirst(type);
    }

    @Override
    public int longestCollected() {
        return other.longestCollected();
    }

    @Override
    public Overflow overflow(byte type, ByteBuf prefix) {
        return other.overflow(type, prefix);
    }

    @Override
    public void observe(ByteBuf buffer, int at, int size) {
        other.observe(buffer, at, size);
    }

    @Override
    public void write(ByteBuf bytes) {
        other.write(bytes);
    }
}
