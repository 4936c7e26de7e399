package io.pgclonedb.protocol.backend;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;

/**
 * Something to be told that is no error; may come at any time.
 *
 * @param fields what is known about it
 */
public record NoticeResponse(ResponseFields fields) implements BackendMessage {
    /** Reads the payload, which must hold this message and nothing else. */
    public static NoticeResponse decode(ByteBuf payload) {
        return PayloadReader.readAll(payload, in -> new NoticeResponse(ResponseFields.read(in)));
    }

    @Override
    public byte type() {
        return FrameType.BACKEND_NOTICE_RESPONSE;
    }

    @Override
    public void encodePayload(PayloadWriter out) {
        fields.write(out);
    }
}
