package io.pgclonedb.proxy.sql;

import io.pgclonedb.policy.ArgumentType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one carrier brought back from the server: a call is to be run with these arguments. Immutable.
 *
 * @param call index of the call in its statement
 * @param settings of the session
 * @param values {@link String}, {@link Boolean}, {@link Integer}, {@link Long} or null
 */
public record CarrierRow(int call, SessionSettings settings, List<@Nullable Object> values) {
    public CarrierRow {
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    @Nullable
    Object value(int slot, ArgumentType type) {
        Object value = values.get(slot);
        if (value == null) {
            return null;
        }
        return switch (type) {
            case TEXT, TIMESTAMPTZ, INTERVAL -> as(String.class, value);
            case BOOLEAN -> as(Boolean.class, value);
            case INTEGER -> as(Integer.class, value);
            case BIGINT -> value instanceof Integer small ? (Object) Long.valueOf(small) : as(Long.class, value);
        };
    }

    private static Object as(Class<?> wanted, Object value) {
        if (!wanted.isInstance(value)) {
            throw new IllegalArgumentException(
                    "a carrier brought " + value.getClass().getSimpleName() + " for " + wanted.getSimpleName());
        }
        return value;
    }

    @Override
    public String toString() {
        return "CarrierRow[call=" + call + "]";
    }
}
