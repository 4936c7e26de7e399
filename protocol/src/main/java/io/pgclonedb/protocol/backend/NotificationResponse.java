package io.pgclonedb.protocol.backend;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;

/**
 * What another session sent with NOTIFY.
 *
 * @param processId of the notifying backend
 * @param channel its name
 * @param payload may be empty
 */
public record NotificationResponse(int processId, CString channel, CString payload) implements BackendMessage {
    /** Reads the payload, which must hold this message and nothing else. */
    public static NotificationResponse decode(ByteBuf payload) {
        return PayloadReader.readAll(
                payload, in -> new NotificationResponse(in.readInt(), in.readCString(), in.readCString()));
    }

    @Override
    public byte type() {
        return FrameType.BACKEND_NOTIFICATION_RESPONSE;
    }

    @Override
    public void encodePayload(PayloadWriter out) {
        out.writeInt(processId).writeCString(channel).writeCString(payload);
    }
}
