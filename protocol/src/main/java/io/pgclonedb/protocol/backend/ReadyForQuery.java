package io.pgclonedb.protocol.backend;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;

/**
 * The backend waits for the next query.
 *
 * @param status of the transaction
 */
public record ReadyForQuery(TransactionStatus status) implements BackendMessage {
    /** Reads the payload, which must hold this message and nothing else. */
    public static ReadyForQuery decode(ByteBuf payload) {
        return PayloadReader.readAll(payload, in -> new ReadyForQuery(TransactionStatus.of(in.readByte())));
    }

    @Override
    public byte type() {
        return FrameType.BACKEND_READY_FOR_QUERY;
    }

    @Override
    public void encodePayload(PayloadWriter out) {
        out.writeByte(status.code());
    }
}
