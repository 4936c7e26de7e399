package io.pgclonedb.protocol.backend;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;
import java.util.List;

/**
 * COPY TO STDOUT begins: the backend will send data.
 *
 * @param overallFormat code: 0 for text, 1 for binary
 * @param columnFormats codes, one a column
 */
public record CopyOutResponse(byte overallFormat, List<Short> columnFormats) implements BackendMessage {
    public CopyOutResponse {
        columnFormats = PayloadWriter.counted(columnFormats);
    }

    /** Reads the payload, which must hold this message and nothing else. */
    public static CopyOutResponse decode(ByteBuf payload) {
        return PayloadReader.readAll(payload, in -> new CopyOutResponse(in.readByte(), in.readShorts()));
    }

    @Override
    public byte type() {
        return FrameType.BACKEND_COPY_OUT_RESPONSE;
    }

    @Override
    public void encodePayload(PayloadWriter out) {
        out.writeByte(overallFormat).writeShorts(columnFormats);
    }
}
