package io.pgclonedb.protocol.backend;

import io.pgclonedb.protocol.ProtocolException;

/** Where a session stands when the backend is ready for a query. */
public enum TransactionStatus {
    /** Not in a transaction block. */
    IDLE((byte) 'I'),
    /** In a transaction block. */
    IN_TRANSACTION((byte) 'T'),
    /** In a transaction block that can only be rolled back. */
    FAILED((byte) 'E');

    private final byte code;

    TransactionStatus(byte code) {
        this.code = code;
    }

    /** The byte that stands for it in ReadyForQuery. */
    public byte code() {
        return code;
    }

    /**
     * The status a byte of ReadyForQuery stands for.
     *
     * @throws ProtocolException when it stands for none
     */
    public static TransactionStatus of(byte code) {
        return switch (code) {
            case 'I' -> IDLE;
            case 'T' -> IN_TRANSACTION;
            case 'E' -> FAILED;
            default -> throw new ProtocolException("invalid transaction status " + Byte.toUnsignedInt(code));
        };
    }
}
