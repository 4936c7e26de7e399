package io.pgclonedb.protocol.backend;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;

/**
 * Reports a setting, at the start of a session and whenever it changes.
 *
 * @param name of the setting
 * @param value in the client encoding
 */
public record ParameterStatus(CString name, CString value) implements BackendMessage {
    /** Reads the payload, which must hold this message and nothing else. */
    public static ParameterStatus decode(ByteBuf payload) {
        return PayloadReader.readAll(payload, in -> new ParameterStatus(in.readCString(), in.readCString()));
    }

    @Override
    public byte type() {
        return FrameType.BACKEND_PARAMETER_STATUS;
    }

    @Override
    public void encodePayload(PayloadWriter out) {
        out.writeCString(name).writeCString(value);
    }
}
