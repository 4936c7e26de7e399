package io.pgclonedb.policy;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one call by parameter name: those that were given, NULL included. Values are {@link String}, {@link
 * Boolean}, {@link Integer} or {@link Long}; timestamps and intervals are text that PostgreSQL reads back. Immutable; shows no
 * secret.
 */
public final class Arguments {
    private final Function function;
    private final Map<String, @Nullable Object> given;

    public Arguments(Function function, Map<String, @Nullable Object> given) {
        this.function = function;
        this.given = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(given));
    }

    /** The names of the parameters that were given, in the order of the signature. */
    public Set<String> given() {
        return given.keySet();
    }

    /** The value, or null when it is NULL or was not given. */
    public @Nullable Object value(String parameter) {
        return given.get(parameter);
    }

    @Override
    public String toString() {
        return function.name() + given.keySet();
    }
}
