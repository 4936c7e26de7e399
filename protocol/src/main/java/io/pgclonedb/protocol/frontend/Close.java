package io.pgclonedb.protocol.frontend;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;
import io.pgclonedb.protocol.ProtocolException;

/**
 * Closes a prepared statement or portal; one that does not exist is no error.
 *
 * @param kind {@link #STATEMENT} or {@link #PORTAL}
 * @param name empty for the unnamed one
 */
public record Close(char kind, CString name) implements FrontendMessage {
    /** The kind of a prepared statement. */
    public static final char STATEMENT = 'S';

    /** The kind of a portal. */
    public static final char PORTAL = 'P';

    public Close {
        if (kind != STATEMENT && kind != PORTAL) {
            throw new ProtocolException("invalid CLOSE message subtype " + (int) kind);
        }
    }

    /** Reads the payload, which must hold this message and nothing else. */
    public static Close decode(ByteBuf payload) {
        return PayloadReader.readAll(
                payload, in -> new Close((char) Byte.toUnsignedInt(in.readByte()), in.readCString()));
    }

    @Override
    public byte type() {
        return FrameType.FRONTEND_CLOSE;
    }

    @Override
    public void encodePayload(PayloadWriter out) {
        out.writeByte((byte) kind).writeCString(name);
    }

    /** Whether it is about a prepared statement, else about a portal. */
    public boolean isStatement() {
        return kind == STATEMENT;
    }
}
