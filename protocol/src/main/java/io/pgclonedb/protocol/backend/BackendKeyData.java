package io.pgclonedb.protocol.backend;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;
import io.pgclonedb.protocol.ProtocolException;
import io.pgclonedb.protocol.Value;

/**
 * What a frontend must know to cancel: the key has 4 bytes in protocol 3.0 and up to 256 since 3.2.
 *
 * @param processId of the backend
 * @param key secret, 4 to 256 bytes
 */
public record BackendKeyData(int processId, Value key) implements BackendMessage {
    private static final int MIN_KEY_LENGTH = 4;
    private static final int MAX_KEY_LENGTH = 256;

    public BackendKeyData {
        if (key.length() < MIN_KEY_LENGTH || key.length() > MAX_KEY_LENGTH) {
            throw new ProtocolException("invalid length of cancel key in backend key data");
        }
    }

    /** Reads the payload, which must hold this message and nothing else. */
    public static BackendKeyData decode(ByteBuf payload) {
        return PayloadReader.readAll(payload, in -> new BackendKeyData(in.readInt(), in.readRest()));
    }

    @Override
    public byte type() {
        return FrameType.BACKEND_BACKEND_KEY_DATA;
    }

    @Override
    public void encodePayload(PayloadWriter out) {
        out.writeInt(processId).writeRest(key);
    }
}
