package io.pgclonedb.protocol.backend;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;
import java.util.List;

/**
 * The backend speaks an older minor version than was asked for, or does not know some protocol options.
 *
 * @param version newest one the backend speaks, as it was sent: a server sends major and minor, 3.2 being 0x00030002
 * @param unrecognizedOptions names that begin with {@code _pq_.}
 */
public record NegotiateProtocolVersion(int version, List<CString> unrecognizedOptions) implements BackendMessage {
    public NegotiateProtocolVersion {
        unrecognizedOptions = List.copyOf(unrecognizedOptions);
    }

    /** Reads the payload, which must hold this message and nothing else. */
    public static NegotiateProtocolVersion decode(ByteBuf payload) {
        return PayloadReader.readAll(
                payload,
                in -> new NegotiateProtocolVersion(
                        in.readInt(), in.readList(in.readInt(), 1, PayloadReader::readCString)));
    }

    @Override
    public byte type() {
        return FrameType.BACKEND_NEGOTIATE_PROTOCOL_VERSION;
    }

    @Override
    public void encodePayload(PayloadWriter out) {
        out.writeInt(version).writeInt(unrecognizedOptions.size());
        unrecognizedOptions.forEach(out::writeCString);
    }
}
