package io.pgclonedb.protocol.frontend;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;

/**
 * A simple query: any number of statements in one text.
 *
 * @param text in the client encoding
 */
public record Query(CString text) implements FrontendMessage {
    /** Reads the payload, which must hold this message and nothing else. */
    public static Query decode(ByteBuf payload) {
        return PayloadReader.readAll(payload, in -> new Query(in.readCString()));
    }

    @Override
    public byte type() {
        return FrameType.FRONTEND_QUERY;
    }

    @Override
    public void encodePayload(PayloadWriter out) {
        out.writeCString(text);
    }
}
