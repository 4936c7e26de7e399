package io.pgclonedb.protocol;

/**
 * The first byte of every frame after the startup phase (PostgreSQL documentation, "Message Formats"). The same byte
 * means different things in the two directions, hence two sets of names. Packets of the startup phase have none.
 */
public final class FrameType {
    public static final byte FRONTEND_BIND = 'B';
    public static final byte FRONTEND_CLOSE = 'C';
    public static final byte FRONTEND_COPY_DATA = 'd';
    public static final byte FRONTEND_COPY_DONE = 'c';
    public static final byte FRONTEND_COPY_FAIL = 'f';
    public static final byte FRONTEND_DESCRIBE = 'D';
    public static final byte FRONTEND_EXECUTE = 'E';
    public static final byte FRONTEND_FLUSH = 'H';
    public static final byte FRONTEND_FUNCTION_CALL = 'F';
    public static final byte FRONTEND_PARSE = 'P';
    /** PasswordMessage, GSSResponse, SASLInitialResponse and SASLResponse: what was asked for tells which. */
    public static final byte FRONTEND_PASSWORD_MESSAGE = 'p';

    public static final byte FRONTEND_QUERY = 'Q';
    public static final byte FRONTEND_SYNC = 'S';
    public static final byte FRONTEND_TERMINATE = 'X';

    /** Every request for, and the end of, authentication: an Int32 tells which. */
    public static final byte BACKEND_AUTHENTICATION = 'R';

    public static final byte BACKEND_BACKEND_KEY_DATA = 'K';
    public static final byte BACKEND_BIND_COMPLETE = '2';
    public static final byte BACKEND_CLOSE_COMPLETE = '3';
    public static final byte BACKEND_COMMAND_COMPLETE = 'C';
    public static final byte BACKEND_COPY_BOTH_RESPONSE = 'W';
    public static final byte BACKEND_COPY_DATA = 'd';
    public static final byte BACKEND_COPY_DONE = 'c';
    public static final byte BACKEND_COPY_IN_RESPONSE = 'G';
    public static final byte BACKEND_COPY_OUT_RESPONSE = 'H';
    public static final byte BACKEND_DATA_ROW = 'D';
    public static final byte BACKEND_EMPTY_QUERY_RESPONSE = 'I';
    public static final byte BACKEND_ERROR_RESPONSE = 'E';
    public static final byte BACKEND_FUNCTION_CALL_RESPONSE = 'V';
    public static final byte BACKEND_NEGOTIATE_PROTOCOL_VERSION = 'v';
    public static final byte BACKEND_NO_DATA = 'n';
    public static final byte BACKEND_NOTICE_RESPONSE = 'N';
    public static final byte BACKEND_NOTIFICATION_RESPONSE = 'A';
    public static final byte BACKEND_PARAMETER_DESCRIPTION = 't';
    public static final byte BACKEND_PARAMETER_STATUS = 'S';
    public static final byte BACKEND_PARSE_COMPLETE = '1';
    public static final byte BACKEND_PORTAL_SUSPENDED = 's';
    public static final byte BACKEND_READY_FOR_QUERY = 'Z';
    public static final byte BACKEND_ROW_DESCRIPTION = 'T';

    private FrameType() {}

    /** Whether a frontend may send a frame of this type at all, in whatever phase. */
    public static boolean isFrontend(byte type) {
        return switch (type) {
            case FRONTEND_BIND,
                    FRONTEND_CLOSE,
                    FRONTEND_COPY_DATA,
                    FRONTEND_COPY_DONE,
                    FRONTEND_COPY_FAIL,
                    FRONTEND_DESCRIBE,
                    FRONTEND_EXECUTE,
                    FRONTEND_FLUSH,
                    FRONTEND_FUNCTION_CALL,
                    FRONTEND_PARSE,
                    FRONTEND_PASSWORD_MESSAGE,
                    FRONTEND_QUERY,
                    FRONTEND_SYNC,
                    FRONTEND_TERMINATE -> true;
            default -> false;
        };
    }

    /** Whether a backend may send a frame of this type at all, in whatever phase. */
    public static boolean isBackend(byte type) {
        return switch (type) {
            case BACKEND_AUTHENTICATION,
                    BACKEND_BACKEND_KEY_DATA,
                    BACKEND_BIND_COMPLETE,
                    BACKEND_CLOSE_COMPLETE,
                    BACKEND_COMMAND_COMPLETE,
                    BACKEND_COPY_BOTH_RESPONSE,
                    BACKEND_COPY_DATA,
                    BACKEND_COPY_DONE,
                    BACKEND_COPY_IN_RESPONSE,
                    BACKEND_COPY_OUT_RESPONSE,
                    BACKEND_DATA_ROW,
                    BACKEND_EMPTY_QUERY_RESPONSE,
                    BACKEND_ERROR_RESPONSE,
                    BACKEND_FUNCTION_CALL_RESPONSE,
                    BACKEND_NEGOTIATE_PROTOCOL_VERSION,
                    BACKEND_NO_DATA,
                    BACKEND_NOTICE_RESPONSE,
                    BACKEND_NOTIFICATION_RESPONSE,
                    BACKEND_PARAMETER_DESCRIPTION,
                    BACKEND_PARAMETER_STATUS,
                    BACKEND_PARSE_COMPLETE,
                    BACKEND_PORTAL_SUSPENDED,
                    BACKEND_READY_FOR_QUERY,
                    BACKEND_ROW_DESCRIPTION -> true;
            default -> false;
        };
    }
}
