package io.pgclonedb.proxy.control;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code configure} is to change; null or absent leaves a setting alone. Immutable.
 *
 * @param minFreeBytes -1 or more
 * @param auditRetention a positive interval as text that PostgreSQL reads
 * @param functions the functions to be enabled (true) or disabled (false)
 */
public record SettingsChange(
        @Nullable Long minFreeBytes, @Nullable String auditRetention, Map<String, Boolean> functions) {
    public SettingsChange {
        functions = Map.copyOf(functions);
    }
}
