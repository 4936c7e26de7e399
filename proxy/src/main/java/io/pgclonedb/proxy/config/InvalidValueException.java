package io.pgclonedb.proxy.config;

/** A value cannot be read; the reason shows no secret. {@link Settings} adds the key and where it was written. */
final class InvalidValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    InvalidValueException(String reason) {
        super(reason);
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
