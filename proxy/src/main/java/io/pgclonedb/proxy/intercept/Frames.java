package io.pgclonedb.proxy.intercept;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** The layout of a frame (PostgreSQL documentation, "Message Formats"). */
final class Frames {
    /** Bytes of type and length. */
    static final int HEADER = 5;

    private Frames() {}

    /** A frame of the given type whose payload is nothing but a terminating zero. */
    static ByteBuf empty(byte type) {
        return Unpooled.buffer(HEADER + 1)
                .writeByte(type)
                .writeInt(Integer.BYTES + 1)
                .writeByte(0);
    }

    /** What follows type and length. */
    static ByteBuf payload(ByteBuf frame) {
        return frame.slice(frame.readerIndex() + HEADER, frame.readableBytes() - HEADER);
    }
}
