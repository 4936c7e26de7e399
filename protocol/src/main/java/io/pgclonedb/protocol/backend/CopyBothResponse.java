package io.pgclonedb.protocol.backend;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;
import java.util.List;

/**
 * Streaming replication begins: both sides may send data.
 *
 * @param overallFormat code: 0 for text, 1 for binary
 * @param columnFormats codes, one a column
 */
public record CopyBothResponse(byte overallFormat, List<Short> columnFormats) implements BackendMessage {
    public CopyBothResponse {
        columnFormats = PayloadWriter.counted(columnFormats);
    }

    /** Reads the payload, which must hold this message and nothing else. */
    public static CopyBothResponse decode(ByteBuf payload) {
        return PayloadReader.readAll(payload, in -> new CopyBothResponse(in.readByte(), in.readShorts()));
    }

    @Override
    public byte type() {
        return FrameType.BACKEND_COPY_BOTH_RESPONSE;
    }

    @Override
    public void encodePayload(PayloadWriter out) {
        out.writeByte(overallFormat).writeShorts(columnFormats);
    }
}
