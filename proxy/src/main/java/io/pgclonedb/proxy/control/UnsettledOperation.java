package io.pgclonedb.proxy.control;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An operation that was begun and whose end nobody recorded. Immutable.
 *
 * @param id of its row
 * @param callerOid the role that called
 * @param operation the function's name
 * @param target as recorded
 * @param arguments as recorded: text, numbers, truth values, null
 * @param notes what {@link RunningOperation#note} left for this moment
 * @param startedAt by the server's clock
 */
public record UnsettledOperation(
        long id,
        long callerOid,
        String operation,
        @Nullable String target,
        Map<String, @Nullable Object> arguments,
        Map<String, @Nullable Object> notes,
        Instant startedAt) {
    public UnsettledOperation {
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
        notes = Collections.unmodifiableMap(new LinkedHashMap<>(notes));
    }
}
