package io.pgclonedb.protocol;

/**
 * The peer sent bytes that are not a message of the protocol, or somebody built a message that cannot be sent. The
 * message text is the one PostgreSQL uses where it has one and never holds bytes from the wire. It is an answer to the
 * peer and not a fault of the program, so it carries no stack trace. Immutable.
 */
public final class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why the bytes were refused, with the SQLSTATE that tells the peer. */
    public enum Reason {
        /** A length, count, subtype or layout the protocol does not allow. */
        MALFORMED("08P01"),
        /** Text that is not valid in the encoding it is read in. */
        INVALID_ENCODING("22021"),
        /** A format code other than text and binary. */
        UNSUPPORTED_FORMAT("22023"),
        /** A major protocol version, or special request code, that is not spoken here. */
        UNSUPPORTED_VERSION("0A000"),
        /** A startup packet that names a parameter twice, of which the server would take the last. */
        DUPLICATE_PARAMETER("08P01"),
        /** A startup packet without a user name, or with one the server would cut off. */
        INVALID_USER("28000");

        private final String sqlState;

        Reason(String sqlState) {
            this.sqlState = sqlState;
        }

        /** Five characters. */
        public String sqlState() {
            return sqlState;
        }
    }

    private final Reason reason;

    /** A refusal for the given reason; {@code message} must not hold bytes from the wire. */
    public ProtocolException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** A refusal for {@link Reason#MALFORMED}; {@code message} must not hold bytes from the wire. */
    public ProtocolException(String message) {
        this(Reason.MALFORMED, message);
    }

    /** Why the bytes were refused. */
    public Reason reason() {
        return reason;
    }

    /** The message; never null. */
    public String text() {
        String message = getMessage();
        return message == null ? "invalid message format" : message;
    }

    /** The SQLSTATE of the {@link #reason()}. */
    public String sqlState() {
        return reason.sqlState();
    }
}
