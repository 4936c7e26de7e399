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
    /** A parameter that a call must give. */
    public static Parameter required(String name, ArgumentType type) {
        return new Parameter(name, type, null, false);
    }

    /** A parameter that may be left out. */
    public static Parameter optional(String name, ArgumentType type, String defaultSql) {
        return new Parameter(name, type, defaultSql, false);
    }

    /** The same parameter, its value to be seen nowhere. */
    public Parameter asSecret() {
        return new Parameter(name, type, defaultSql, true);
    }

    /** Whether a call must give it. */
    public boolean required() {
        return defaultSql == null;
    }

    /** Whether NULL means something for it: only where NULL is the default. */
    public boolean nullable() {
        return "NULL".equals(defaultSql);
    }

    /** The default as a value of the class of its type; null when it is NULL or there is none. */
    @Nullable
    Object defaultValue() {
        if (defaultSql == null || nullable()) {
            return null;
        }
        return switch (type) {
            case BOOLEAN -> Boolean.valueOf(defaultSql);
            case INTEGER -> Integer.valueOf(defaultSql);
            case BIGINT -> Long.valueOf(defaultSql);
            case TEXT, TIMESTAMPTZ, INTERVAL -> defaultSql;
        };
    }

    /** Name, type and default as in a signature, such as {@code force boolean DEFAULT true}. */
    public String declaration() {
        String declared = name + " " + type.sqlName();
        return defaultSql == null ? declared : declared + " DEFAULT " + defaultSql;
    }
}
