package io.pgclonedb.it.calls;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.operation.CallNotice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param answer of a call that succeeded; null when it failed
 * @param error of a call that failed; null when it succeeded
 * @param notices what the caller was told before
 */
public record CallResult(@Nullable String answer, @Nullable PgException error, List<CallNotice> notices) {
    public CallResult {
        notices = List.copyOf(notices);
    }

    /** The answer of a call that must have succeeded. */
    public String answered() {
        if (answer == null) {
            throw new AssertionError("the call failed: " + everything(), error);
        }
        return answer;
    }

    /** The error of a call that must have failed. */
    public PgException failed() {
        if (error == null) {
            throw new AssertionError("the call succeeded: " + answer);
        }
        return error;
    }

    /** Null when it succeeded. */
    public @Nullable String sqlState() {
        return error == null ? null : error.sqlState();
    }

    /** Null when it succeeded. */
    public @Nullable String message() {
        return error == null ? null : error.text();
    }

    /** Null when there is none. */
    public @Nullable String detail() {
        return error == null ? null : error.detail();
    }

    /** Null when there is none. */
    public @Nullable String hint() {
        return error == null ? null : error.hint();
    }

    /** Everything the caller was told, for a search. */
    public String everything() {
        return answer + " " + sqlState() + " " + message() + " " + detail() + " " + hint() + " " + notices;
    }
}
