package io.pgclonedb.proxy.operation;

/** Why a running call is to end; the message is PostgreSQL's own. */
public enum CancelReason {
    USER_REQUEST("canceling statement due to user request"),
    STATEMENT_TIMEOUT("canceling statement due to statement timeout"),
    SESSION_ENDED("canceling statement because the session has ended"),
    SHUTDOWN("canceling statement because the proxy is shutting down");

    private final String message;

    CancelReason(String message) {
        this.message = message;
    }

    /** Field {@code M} of the 57014. */
    public String message() {
        return message;
    }
}
