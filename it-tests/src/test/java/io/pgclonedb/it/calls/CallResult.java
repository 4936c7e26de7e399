package io.pgclonedb.it.calls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended.
 *
 * @param answer of a call that succeeded; null when it failed
 * @param sqlState null when it succeeded, like message, detail and hint
 * @param notices what the caller was told before, message and DETAIL in one text
 */
public record CallResult(
        @Nullable String answer,
        @Nullable String sqlState,
        @Nullable String message,
        @Nullable String detail,
        @Nullable String hint,
        List<String> notices) {
    /** The answer of a call that must have succeeded. */
    public String answered() {
        if (answer == null) {
            throw new AssertionError("the call failed: " + this);
        }
        return answer;
    }

    /** Everything the caller was told, for a search. */
    public String everything() {
        return toString();
    }
}
