package io.pgclonedb.protocol.frontend;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;

/**
 * Runs a portal.
 *
 * @param portal empty for the unnamed one
 * @param maxRows after which the portal is suspended; 0 or less for no limit
 */
public record Execute(CString portal, int maxRows) implements FrontendMessage {
    /** Reads the payload, which must hold this message and nothing else. */
    public static Execute decode(ByteBuf payload) {
        return PayloadReader.readAll(payload, in -> new Execute(in.readCString(), in.readInt()));
    }

    @Override
    public byte type() {
        return FrameType.FRONTEND_EXECUTE;
    }

    @Override
    public void encodePayload(PayloadWriter out) {
        out.writeCString(portal).writeInt(maxRows);
    }
}
