package io.pgclonedb.protocol.startup;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.ProtocolException;
import io.pgclonedb.protocol.Value;

/**
 * Asks, on a connection of its own, to cancel what another session runs.
 *
 * @param processId of the backend, as BackendKeyData told it
 * @param key secret, 4 to 256 bytes (always 4 before protocol 3.2)
 */
public record CancelRequest(int processId, Value key) implements StartupPacket {
    static final int CODE = 80877102;

    private static final int MIN_KEY_LENGTH = 4;
    private static final int MAX_KEY_LENGTH = 256;

    public CancelRequest {
        if (key.length() < MIN_KEY_LENGTH || key.length() > MAX_KEY_LENGTH) {
            throw new ProtocolException("invalid length of cancel key in cancel request packet");
        }
    }

    static CancelRequest decodeBody(ByteBuf body) {
        if (body.readableBytes() < Integer.BYTES) {
            throw new ProtocolException("invalid length of cancel request packet");
        }
        return new CancelRequest(body.readInt(), Value.read(body, body.readableBytes()));
    }

    /** Whether it is meant for this session; how long the comparison takes does not tell how near the key was. */
    public boolean matches(int sessionProcessId, Value sessionKey) {
        boolean sameKey = key.equalsInConstantTime(sessionKey);
        return sameKey && processId == sessionProcessId;
    }

    @Override
    public int code() {
        return CODE;
    }

    @Override
    public void encodeBody(ByteBuf out) {
        out.writeInt(processId);
        key.write(out);
    }
}
