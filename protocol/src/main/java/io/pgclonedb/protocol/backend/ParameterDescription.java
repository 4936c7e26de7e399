package io.pgclonedb.protocol.backend;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;
import java.util.List;

/**
 * The types of a prepared statement's parameters.
 *
 * @param types OIDs, unsigned
 */
public record ParameterDescription(List<Integer> types) implements BackendMessage {
    public ParameterDescription {
        types = PayloadWriter.counted(types);
    }

    /** Reads the payload, which must hold this message and nothing else. */
    public static ParameterDescription decode(ByteBuf payload) {
        return PayloadReader.readAll(payload, in -> new ParameterDescription(in.readInts()));
    }

    @Override
    public byte type() {
        return FrameType.BACKEND_PARAMETER_DESCRIPTION;
    }

    @Override
    public void encodePayload(PayloadWriter out) {
        out.writeInts(types);
    }
}
