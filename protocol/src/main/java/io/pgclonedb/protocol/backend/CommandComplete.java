package io.pgclonedb.protocol.backend;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;

/**
 * A statement has run to its end.
 *
 * @param tag such as {@code SELECT 3}
 */
public record CommandComplete(CString tag) implements BackendMessage {
    /** Reads the payload, which must hold this message and nothing else. */
    public static CommandComplete decode(ByteBuf payload) {
        return PayloadReader.readAll(payload, in -> new CommandComplete(in.readCString()));
    }

    @Override
    public byte type() {
        return FrameType.BACKEND_COMMAND_COMPLETE;
    }

    @Override
    public void encodePayload(PayloadWriter out) {
        out.writeCString(tag);
    }
}
