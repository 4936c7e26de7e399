package io.pgclonedb.protocol.backend;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.PayloadReader;
import io.pgclonedb.protocol.PayloadWriter;
import io.pgclonedb.protocol.ProtocolException;
import io.pgclonedb.protocol.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * The backend asks for proof of identity, goes on asking, or is content.
 *
 * @param code one of the constants, or one that is not known here
 * @param data what follows the code, never {@link Value#NULL}
 */
public record AuthenticationRequest(int code, Value data) implements BackendMessage {
    /** AuthenticationOk. */
    public static final int OK = 0;

    /** AuthenticationCleartextPassword. */
    public static final int CLEARTEXT_PASSWORD = 3;

    /** AuthenticationMD5Password, with 4 bytes of salt. */
    public static final int MD5_PASSWORD = 5;

    /** AuthenticationGSS. */
    public static final int GSS = 7;

    /** AuthenticationGSSContinue, with GSSAPI or SSPI data. */
    public static final int GSS_CONTINUE = 8;

    /** AuthenticationSSPI. */
    public static final int SSPI = 9;

    /** AuthenticationSASL, with the names of mechanisms. */
    public static final int SASL = 10;

    /** AuthenticationSASLContinue, with the server's challenge. */
    public static final int SASL_CONTINUE = 11;

    /** AuthenticationSASLFinal, with the server's proof. */
    public static final int SASL_FINAL = 12;

    private static final int MD5_SALT_LENGTH = 4;

    public AuthenticationRequest {
        if (data.isNull()) {
            throw new ProtocolException("authentication data must not be null");
        }
        switch (code) {
            case OK, CLEARTEXT_PASSWORD, GSS, SSPI -> requireLength(data, 0);
            case MD5_PASSWORD -> requireLength(data, MD5_SALT_LENGTH);
            case SASL -> readMechanisms(data);
            default -> {}
        }
    }

    private static void requireLength(Value data, int length) {
        if (data.length() != length) {
            throw new ProtocolException("invalid message format");
        }
    }

    /** Reads the payload, which must hold this message and nothing else. */
    public static AuthenticationRequest decode(ByteBuf payload) {
        return PayloadReader.readAll(payload, in -> new AuthenticationRequest(in.readInt(), in.readRest()));
    }

    @Override
    public byte type() {
        return FrameType.BACKEND_AUTHENTICATION;
    }

    @Override
    public void encodePayload(PayloadWriter out) {
        out.writeInt(code).writeRest(data);
    }

    /** The end of authentication. */
    public static AuthenticationRequest ok() {
        return new AuthenticationRequest(OK, Value.EMPTY);
    }

    /** An offer of SASL mechanisms, the preferred one first. */
    public static AuthenticationRequest sasl(List<CString> mechanisms) {
        ByteBuf list = Unpooled.buffer();
        try {
            mechanisms.forEach(mechanism -> mechanism.write(list));
            CString.EMPTY.write(list);
            return new AuthenticationRequest(SASL, Value.read(list, list.readableBytes()));
        } finally {
            list.release();
        }
    }

    /** Whether the backend is content. */
    public boolean isOk() {
        return code == OK;
    }

    /** The offered SASL mechanisms, the preferred one first; none unless the code is {@link #SASL}. */
    public List<CString> mechanisms() {
        return code == SASL ? readMechanisms(data) : List.of();
    }

    private static List<CString> readMechanisms(Value data) {
        return PayloadReader.readAll(Unpooled.wrappedBuffer(data.bytes()), in -> {
            List<CString> mechanisms = new ArrayList<>();
            for (CString next = in.readCString(); !next.isEmpty(); next = in.readCString()) {
                mechanisms.add(next);
            }
            return List.copyOf(mechanisms);
        });
    }
}
