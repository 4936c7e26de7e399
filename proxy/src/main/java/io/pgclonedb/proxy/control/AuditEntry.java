package io.pgclonedb.proxy.control;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a call before it runs. Immutable.
 *
 * @param callerOid the role that logged in; 0 when it could not be looked up
 * @param caller its name at the time
 * @param operation the function's name without the schema
 * @param target the database, {@code database.schema} or the role; null when the call has none
 * @param maskedArguments the arguments that were given, by parameter name, NULL included; secrets are already replaced
 * @param clientAddress the address alone
 * @param applicationName of the caller's session, possibly empty
 * @param backendPid the server process of the caller's session
 */
public record AuditEntry(
        long callerOid,
        String caller,
        String operation,
        @Nullable String target,
        Map<String, @Nullable Object> maskedArguments,
        String clientAddress,
        String applicationName,
        int backendPid) {
    public AuditEntry {
        maskedArguments = Collections.unmodifiableMap(new LinkedHashMap<>(maskedArguments));
    }
}
