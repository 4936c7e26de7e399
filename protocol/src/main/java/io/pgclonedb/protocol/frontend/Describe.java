package io.pgclonedb.protocol.frontend;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;
import io.pgclonedb.protocol.ProtocolException;

/**
 * Asks for the description of a prepared statement or portal.
 *
 * @param kind {@link #STATEMENT} or {@link #PORTAL}
 * @param name empty for the unnamed one
 */
public record Describe(char kind, CString name) implements FrontendMessage {
    /** The kind of a prepared statement. */
    public static final char STATEMENT = 'S';

    /** The kind of a portal. */
    public static final char PORTAL = 'P';

    public Describe {
        if (kind != STATEMENT && kind != PORTAL) {
            throw new ProtocolException("invalid DESCRIBE message subtype " + (int) kind);
        }
    }

    /** Reads the payload, which must hold this message and nothing else. */
    public static Describe decode(ByteBuf payload) {
        return PayloadReader.readAll(
                payload, in -> new Describe((char) Byte.toUnsignedInt(in.readByte()), in.readCString()));
    }

    @Override
    public byte type() {
        return FrameType.FRONTEND_DESCRIBE;
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
