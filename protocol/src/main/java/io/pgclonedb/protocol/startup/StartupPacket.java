package io.pgclonedb.protocol.startup;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.ProtocolException;

/**
 * The first packet of a connection, or the second after an encryption request was answered: length, code, body
 * (PostgreSQL documentation, "Message Formats": StartupMessage, SSLRequest, GSSENCRequest, CancelRequest).
 */
public sealed interface StartupPacket
        permits StartupMessage, CancelRequest, StartupPacket.SslRequest, StartupPacket.GssEncRequest {
    /** Bytes of the length word, which counts itself. */
    int LENGTH_WORD = 4;

    /** The shortest packet: length word and code. */
    int MIN_LENGTH = 8;

    /** The longest packet: to the server 10,000 bytes and the length word. */
    int MAX_LENGTH = 10000 + LENGTH_WORD;

    /** Where a protocol version would stand: 1234 and the kind of request. */
    int code();

    /** Writes what follows the code. */
    void encodeBody(ByteBuf out);

    /** Writes the whole packet: length, code, body. */
    default void encode(ByteBuf out) {
        int start = out.writerIndex();
        out.writeInt(0);
        out.writeInt(code());
        encodeBody(out);
        out.setInt(start, out.writerIndex() - start);
    }

    /**
     * Checks a length word before anything is collected or allocated for it.
     *
     * @throws ProtocolException when no packet is so short or so long
     */
    static int checkedLength(int length) {
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            throw new ProtocolException("invalid length of startup packet");
        }
        return length;
    }

    /**
     * Reads a packet.
     *
     * @param packet all that follows the length word, and nothing else
     * @throws ProtocolException when it is none; its reason tells an unsupported major version, a duplicate parameter and
     *     an unusable user name from other faults
     */
    static StartupPacket decode(ByteBuf packet) {
        checkedLength(packet.readableBytes() + LENGTH_WORD);
        int code = packet.readInt();
        return switch (code) {
            case SslRequest.CODE -> withoutBody(packet, new SslRequest());
            case GssEncRequest.CODE -> withoutBody(packet, new GssEncRequest());
            case CancelRequest.CODE -> CancelRequest.decodeBody(packet);
            default -> StartupMessage.decodeBody(code, packet);
        };
    }

    private static StartupPacket withoutBody(ByteBuf packet, StartupPacket request) {
        if (packet.isReadable()) {
            throw new ProtocolException("invalid length of startup packet");
        }
        return request;
    }

    /** Asks for TLS. */
    record SslRequest() implements StartupPacket {
        static final int CODE = 80877103;

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public void encodeBody(ByteBuf out) {}
    }

    /** Asks for GSSAPI encryption. */
    record GssEncRequest() implements StartupPacket {
        static final int CODE = 80877104;

        @Override
        public int code() {
            return CODE;
        }

        @Override
        public void encodeBody(ByteBuf out) {}
    }
}
