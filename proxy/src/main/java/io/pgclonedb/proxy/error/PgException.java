package io.pgclonedb.proxy.error;

import org.jspecify.annotations.Nullable;

/**
 * An error as a PostgreSQL client sees it: severity, SQLSTATE, message, and DETAIL or HINT that say what to do next
 * (PostgreSQL documentation, "Error and Notice Message Fields"). It holds nothing secret and, being an answer and not a
 * fault of the program, carries no stack trace. Immutable.
 */
public final class PgException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Field {@code S}: an error ends the statement, a fatal one the connection. */
    public enum Severity {
        ERROR,
        FATAL
    }

    private final Severity severity;
    private final String sqlState;
    private final @Nullable String detail;
    private final @Nullable String hint;
    private final int position;

    private PgException(
            Severity severity,
            String sqlState,
            String message,
            @Nullable String detail,
            @Nullable String hint,
            int position,
            @Nullable Throwable cause) {
        super(message, cause, false, false);
        if (sqlState.length() != 5) {
            throw new IllegalArgumentException("an SQLSTATE has five characters, not " + sqlState);
        }
        this.severity = severity;
        this.sqlState = sqlState;
        this.detail = detail;
        this.hint = hint;
        this.position = position;
    }

    /** An error that ends the statement. */
    public static PgException error(SqlState state, String message) {
        return new PgException(Severity.ERROR, state.code(), message, null, null, 0, null);
    }

    /** An error whose SQLSTATE comes from elsewhere: the policy or the server itself. */
    public static PgException error(String sqlState, String message) {
        return new PgException(Severity.ERROR, sqlState, message, null, null, 0, null);
    }

    /** An error that ends the connection. */
    public static PgException fatal(SqlState state, String message) {
        return new PgException(Severity.FATAL, state.code(), message, null, null, 0, null);
    }

    /** An error that ends the connection, with an SQLSTATE from elsewhere. */
    public static PgException fatal(String sqlState, String message) {
        return new PgException(Severity.FATAL, sqlState, message, null, null, 0, null);
    }

    /** The same with field {@code D}. */
    public PgException withDetail(@Nullable String newDetail) {
        return new PgException(severity, sqlState, text(), newDetail, hint, position, getCause());
    }

    /** The same with field {@code H}. */
    public PgException withHint(@Nullable String newHint) {
        return new PgException(severity, sqlState, text(), detail, newHint, position, getCause());
    }

    /** The same with field {@code P}: characters from 1 into the text the client sent; 0 for none. */
    public PgException withPosition(int newPosition) {
        return new PgException(severity, sqlState, text(), detail, hint, newPosition, getCause());
    }

    /** The same, remembering for the log what caused it. */
    public PgException withCause(Throwable newCause) {
        return new PgException(severity, sqlState, text(), detail, hint, position, newCause);
    }

    public Severity severity() {
        return severity;
    }

    /** Field {@code C}, five characters. */
    public String sqlState() {
        return sqlState;
    }

    /** Field {@code M}; never null. */
    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }

    public @Nullable String detail() {
        return detail;
    }

    public @Nullable String hint() {
        return hint;
    }

    /** Field {@code P}, characters from 1; 0 for none. */
    public int position() {
        return position;
    }
}
