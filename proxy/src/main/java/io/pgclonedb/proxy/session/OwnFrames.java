package io.pgclonedb.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/** Frames of our own on their way to one side, to which the other's frames are passed on in pieces. For one event loop. */
final class OwnFrames {
    private final Channel channel;
    private final BooleanSupplier insideFrame;
    private final Deque<ByteBuf> late = new ArrayDeque<>();

    /** @param insideFrame whether a frame has been passed on in part: nothing may be written between its pieces */
    OwnFrames(Channel channel, BooleanSupplier insideFrame) {
        this.channel = channel;
        this.insideFrame = insideFrame;
    }

    /** Writes a frame, without flush, or keeps it until the frame that has begun has ended; takes over the reference. */
    void write(ByteBuf frame) {
        writeLate();
        if (insideFrame.getAsBoolean()) {
            late.add(frame);
        } else {
            channel.write(frame);
        }
    }

    /** Writes what was kept, when it may be written now. */
    void writeLate() {
        while (!late.isEmpty() && !insideFrame.getAsBoolean()) {
            channel.write(late.poll());
        }
    }

    /** Drops what was kept. */
    void release() {
        late.forEach(ByteBuf::release);
        late.clear();
    }
}
