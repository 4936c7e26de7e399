package io.pgclonedb.proxy.cli;

/** A command cannot be done. The message is one line: what, why, and what to do about it. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CommandException(String message) {
        super(message);
    }

    public CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
