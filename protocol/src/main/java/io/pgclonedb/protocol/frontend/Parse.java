package io.pgclonedb.protocol.frontend;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;
import java.util.List;

/**
 * Prepares one statement.
 *
 * @param statement its name, empty for the unnamed one
 * @param text in the client encoding
 * @param parameterTypes OIDs (unsigned) of the first parameters, 0 where the server is to choose; may be fewer than the
 *     parameters, or more
 */
public record Parse(CString statement, CString text, List<Integer> parameterTypes) implements FrontendMessage {
    public Parse {
        parameterTypes = PayloadWriter.counted(parameterTypes);
    }

    /** Reads the payload, which must hold this message and nothing else. */
    public static Parse decode(ByteBuf payload) {
        return PayloadReader.readAll(payload, in -> new Parse(in.readCString(), in.readCString(), in.readInts()));
    }

    @Override
    public byte type() {
        return FrameType.FRONTEND_PARSE;
    }

    @Override
    public void encodePayload(PayloadWriter out) {
        out.writeCString(statement).writeCString(text).writeInts(parameterTypes);
    }

    /** The same under another text. */
    public Parse withText(CString newText) {
        return new Parse(statement, newText, parameterTypes);
    }

    /** The same with other declared types. */
    public Parse withParameterTypes(List<Integer> newParameterTypes) {
        return new Parse(statement, text, newParameterTypes);
    }
}
