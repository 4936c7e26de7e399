package io.pgclonedb.proxy.control;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the cluster, as {@code configure} leaves them. Immutable.
 *
 * @param minFreeBytes bytes that must stay free beside a clone; 0: only the clone must fit; -1: no check
 * @param auditRetention an interval as PostgreSQL writes it; null: the audit is kept for ever
 * @param functions every function of the catalogue, true when it is enabled
 */
public record Settings(long minFreeBytes, @Nullable String auditRetention, Map<String, Boolean> functions) {
    /** 10 GiB. */
    public static final long DEFAULT_MIN_FREE_BYTES = 10_737_418_240L;

    public Settings {
        functions = Map.copyOf(functions);
    }

    /** Whether a function is served; one that the catalogue does not know is not. */
    public boolean isEnabled(String function) {
        return functions.getOrDefault(function, false);
    }
}
