package io.pgclonedb.policy;

import org.jspecify.annotations.Nullable;

/**
 * A parameter of a function.
 *
 * @param defaultSql the default as SQL text ({@code NULL}, {@code true}, {@code -1}); null when the parameter must be given
 * @param secret whether its value may be seen nowhere
 */
public record Parameter(
        String name, ArgumentType type, @Nullable String defaultSql, boolean secret) {
    /** Whether a call must give it. */
    public boolean required() {
        return defaultSql == null;
    }
}
