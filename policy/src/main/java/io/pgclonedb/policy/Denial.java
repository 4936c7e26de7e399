package io.pgclonedb.policy;

import org.jspecify.annotations.Nullable;

/**
 * Why a call is refused, as the fields of an error. Holds no secret.
 *
 * @param sqlState five characters
 * @param detail null when there is nothing to add
 * @param hint what to do next; null when the message says it all
 * @param reason which rule it was
 */
public record Denial(
        String sqlState,
        String message,
        @Nullable String detail,
        @Nullable String hint,
        DenialReason reason) {
    static Denial of(DenialReason reason, String sqlState, String message) {
        return new Denial(sqlState, message, null, null, reason);
    }

    Denial withDetail(String newDetail) {
        return new Denial(sqlState, message, newDetail, hint, reason);
    }

    Denial withHint(String newHint) {
        return new Denial(sqlState, message, detail, newHint, reason);
    }
}
