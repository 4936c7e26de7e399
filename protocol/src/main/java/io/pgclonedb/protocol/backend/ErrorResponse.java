package io.pgclonedb.protocol.backend;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;

/**
 * The statement, or the whole session, failed.
 *
 * @param fields what is known about it
 */
public record ErrorResponse(ResponseFields fields) implements BackendMessage {
    /** Reads the payload, which must hold this message and nothing else. */
    public static ErrorResponse decode(ByteBuf payload) {
        return PayloadReader.readAll(payload, in -> new ErrorResponse(ResponseFields.read(in)));
    }

    @Override
    public byte type() {
        return FrameType.BACKEND_ERROR_RESPONSE;
    }

    @Override
    public void encodePayload(PayloadWriter out) {
        fields.write(out);
    }
}
