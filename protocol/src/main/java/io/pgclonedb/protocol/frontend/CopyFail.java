package io.pgclonedb.protocol.frontend;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;

/**
 * Makes a COPY FROM STDIN fail.
 *
 * @param message the reason, in the client encoding
 */
public record CopyFail(CString message) implements FrontendMessage {
    /** Reads the payload, which must hold this message and nothing else. */
    public static CopyFail decode(ByteBuf payload) {
        return PayloadReader.readAll(payload, in -> new CopyFail(in.readCString()));
    }

    @Override
    public byte type() {
        return FrameType.FRONTEND_COPY_FAIL;
    }

    @Override
    public void encodePayload(PayloadWriter out) {
        out.writeCString(message);
    }
}
