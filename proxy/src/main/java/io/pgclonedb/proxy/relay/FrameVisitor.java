package io.pgclonedb.proxy.relay;

import io.netty.buffer.ByteBuf;

/**
 * Decides about the frames that a {@link FrameWalker} meets. Called on the event loop of the session; must not release
 * the buffers it is shown. A {@link io.pgclonedb.protocol.ProtocolException} from any method ends the session.
 */
public interface FrameVisitor {
    /** What became of a frame that was taken out of the stream. */
    enum Outcome {
        /** The frame is done with. */
        TAKEN,
        /** Not yet: the walker keeps the frame and everything behind it until {@link FrameWalker#resume}. */
        HOLD
    }

    /** What to do with a frame that is too long to be collected. */
    enum Overflow {
        /** Pass it on unseen. */
        PASS,
        /** Pass it on, but show every chunk to {@link #observe} first. */
        OBSERVE,
        /** Go on collecting, up to {@link #longestCollected}. */
        COLLECT
    }

    /**
     * The predicate that keeps frames opaque: true for a frame that must be seen whole. Asked once a frame, at its
     * header; throws when type or length cannot be right.
     *
     * @param length the length word, which counts itself
     */
    boolean looksInto(byte type, int length);

    /** An opaque frame begins to be passed on. */
    void passing(byte type);

    /**
     * Whether a whole frame is passed on like an opaque one; accounts for it when it is. Writes nothing.
     *
     * @param at index of the type byte
     * @param size of the frame, type byte included
     */
    boolean passes(byte type, ByteBuf buffer, int at, int size);

    /**
     * Takes a whole frame that does not pass. Everything before it has been written.
     *
     * @param frame from the type byte on; only valid during the call
     */
    Outcome take(byte type, ByteBuf frame);

    /** How many bytes of a frame are collected before {@link #overflow} is asked. */
    int collectedFirst(byte type);

    /** How many bytes of a frame are collected at the most. */
    int longestCollected();

    /** A frame is longer than what was collected; accounts for it when it passes. */
    Overflow overflow(byte type, ByteBuf prefix);

    /** A chunk of a frame under {@link Overflow#OBSERVE}, before it is passed on. */
    void observe(ByteBuf buffer, int at, int size);

    /** Writes bytes to the other side, without flush; takes over the reference. */
    void write(ByteBuf bytes);
}
