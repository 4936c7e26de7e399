package io.pgclonedb.proxy.operation;

import org.jspecify.annotations.Nullable;

/**
 * A notice for the caller.
 *
 * @param severity {@code NOTICE} or {@code WARNING}
 * @param sqlState five characters, {@code 00000} when nothing fits
 */
public record CallNotice(
        String severity,
        String sqlState,
        String message,
        @Nullable String detail,
        @Nullable String hint) {}
