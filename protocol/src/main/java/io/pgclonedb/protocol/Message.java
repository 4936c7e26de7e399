package io.pgclonedb.protocol;

import io.netty.buffer.ByteBuf;

/** What has a type byte, a length and a payload. Messages are immutable and know nothing but their bytes. */
public interface Message {
    /** One of {@link FrameType}. */
    byte type();

    /** Writes what follows the length. */
    void encodePayload(PayloadWriter out);

    /** Writes the whole frame: type, length, payload. */
    default void encode(ByteBuf out) {
        out.writeByte(type());
        int start = out.writerIndex();
        out.writeInt(0);
        encodePayload(new PayloadWriter(out));
        out.setInt(start, out.writerIndex() - start);
    }
}
