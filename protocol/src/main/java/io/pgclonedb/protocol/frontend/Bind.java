package io.pgclonedb.protocol.frontend;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.Format;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;
import io.pgclonedb.protocol.ProtocolException;
import io.pgclonedb.protocol.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes a portal of a prepared statement and values for its parameters. Format codes are kept as they were sent: none (all
 * text), one (for all) or one each; {@link #formatOf} reads them.
 *
 * @param portal empty for the unnamed one
 * @param statement empty for the unnamed one
 * @param parameterFormats codes: none, one, or as many as parameters
 * @param parameters values in those formats
 * @param resultFormats codes: none, one, or as many as the result has columns, which only the server can check
 */
public record Bind(
        CString portal,
        CString statement,
        List<Short> parameterFormats,
        List<Value> parameters,
        List<Short> resultFormats)
        implements FrontendMessage {
    public Bind {
        parameterFormats = PayloadWriter.counted(parameterFormats);
        parameters = PayloadWriter.counted(parameters);
        resultFormats = PayloadWriter.counted(resultFormats);
        if (parameterFormats.size() > 1 && parameterFormats.size() != parameters.size()) {
            throw new ProtocolException("bind message has " + parameterFormats.size() + " parameter formats but "
                    + parameters.size() + " parameters");
        }
    }

    /** Reads the payload, which must hold this message and nothing else. */
    public static Bind decode(ByteBuf payload) {
        return PayloadReader.readAll(
                payload,
                in -> new Bind(in.readCString(), in.readCString(), in.readShorts(), in.readValues(), in.readShorts()));
    }

    @Override
    public byte type() {
        return FrameType.FRONTEND_BIND;
    }

    @Override
    public void encodePayload(PayloadWriter out) {
        out.writeCString(portal)
                .writeCString(statement)
                .writeShorts(parameterFormats)
                .writeValues(parameters)
                .writeShorts(resultFormats);
    }

    /**
     * The names at the start of a Bind whose payload may not have arrived as a whole; the reader index stays where it
     * is.
     *
     * @return empty when more bytes are needed
     */
    public static Optional<Names> peekNames(ByteBuf prefix) {
        int portalLength = prefix.bytesBefore((byte) 0);
        if (portalLength < 0) {
            return Optional.empty();
        }
        ByteBuf view = prefix.duplicate();
        CString portal = CString.read(view);
        if (view.bytesBefore((byte) 0) < 0) {
            return Optional.empty();
        }
        return Optional.of(new Names(portal, CString.read(view)));
    }

    /**
     * The format of a parameter, whether none, one or all have a code of their own.
     *
     * @param parameterIndex from 0
     * @throws IndexOutOfBoundsException when there is no such parameter
     * @throws ProtocolException when its code is neither 0 nor 1
     */
    public Format formatOf(int parameterIndex) {
        Objects.checkIndex(parameterIndex, parameters.size());
        return Format.of(parameterFormats, parameterIndex);
    }

    /** The same for another portal and statement. */
    public Bind withNames(CString newPortal, CString newStatement) {
        return new Bind(newPortal, newStatement, parameterFormats, parameters, resultFormats);
    }

    /**
     * The same with other parameters.
     *
     * @throws ProtocolException when there are several formats, but not one for each value
     */
    public Bind withParameters(List<Short> newFormats, List<Value> newParameters) {
        return new Bind(portal, statement, newFormats, newParameters, resultFormats);
    }

    /**
     * The same with one value replaced, in the format it has.
     *
     * @param parameterIndex from 0
     * @throws IndexOutOfBoundsException when there is no such parameter
     */
    public Bind withParameter(int parameterIndex, Value value) {
        List<Value> values = new ArrayList<>(parameters);
        values.set(parameterIndex, value);
        return withParameters(parameterFormats, values);
    }

    /** The same with one more parameter behind the others, all of which keep their formats. */
    public Bind withAppendedParameter(Format format, Value value) {
        List<Value> values = new ArrayList<>(parameters);
        values.add(value);
        List<Short> formats = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            formats.add(parameterFormats.isEmpty() ? Format.TEXT.code() : codeOf(i));
        }
        formats.add(format.code());
        return withParameters(formats, values);
    }

    private short codeOf(int parameterIndex) {
        return parameterFormats.get(parameterFormats.size() == 1 ? 0 : parameterIndex);
    }

    /**
     * Which portal a Bind makes of which statement; either may be empty for the unnamed one.
     *
     * @param portal the portal to be made
     * @param statement the prepared statement
     */
    public record Names(CString portal, CString statement) {}
}
