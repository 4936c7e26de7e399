package io.pgclonedb.proxy.session;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.ProtocolException;
import io.pgclonedb.proxy.relay.FrameVisitor;

/** Sees every frame whole and passes all of them on, as long as none is longer than allowed. */
abstract class WholeFrames implements FrameVisitor {
    private static final int HEADER = 5;

    private final int longest;

    /** @param longest bytes a frame may have, type and length included */
    WholeFrames(int longest) {
        this.longest = longest;
    }

    /** A frame of this type begins; throws when it must not. */
    abstract void begins(byte type);

    /** A whole frame is about to be passed on; throws when it must not. */
    abstract void seen(byte type, ByteBuf payload);

    @Override
    public final boolean looksInto(byte type, int length) {
        begins(type);
        if (length < Integer.BYTES || length >= longest) {
            throw new ProtocolException("invalid message length");
        }
        return true;
    }

    @Override
    public final boolean passes(byte type, ByteBuf buffer, int at, int size) {
        seen(type, buffer.slice(at + HEADER, size - HEADER));
        return true;
    }

    @Override
    public final int collectedFirst(byte type) {
        return longest;
    }

    @Override
    public final int longestCollected() {
        return longest;
    }

    @Override
    public final Overflow overflow(byte type, ByteBuf prefix) {
        throw new ProtocolException("invalid message length");
    }

    @Override
    public final void passing(byte type) {
        throw new IllegalStateException("every frame is seen whole");
    }

    @Override
    public final void observe(ByteBuf buffer, int at, int size) {
        throw new IllegalStateException("every frame is seen whole");
    }

    @Override
    public final Outcome take(byte type, ByteBuf frame) {
        throw new IllegalStateException("every frame passes");
    }
}
