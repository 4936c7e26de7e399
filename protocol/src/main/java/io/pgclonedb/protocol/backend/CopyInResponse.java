package io.pgclonedb.protocol.backend;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;
import java.util.List;

/**
 * COPY FROM STDIN begins: the frontend is to send data.
 *
 * @param overallFormat code: 0 for text, 1 for binary
 * @param columnFormats codes, one a column
 */
public record CopyInResponse(byte overallFormat, List<Short> columnFormats) implements BackendMessage {
    public CopyInResponse {
        columnFormats = PayloadWriter.counted(columnFormats);
    }

    /** Reads the payload, which must hold this message and nothing else. */
    public static CopyInResponse decode(ByteBuf payload) {
        return PayloadReader.readAll(payload, in -> new CopyInResponse(in.readByte(), in.readShorts()));
    }

    @Override
    public byte type() {
        return FrameType.BACKEND_COPY_IN_RESPONSE;
    }

    @Override
    public void encodePayload(PayloadWriter out) {
        out.writeByte(overallFormat).writeShorts(columnFormats);
    }
}
