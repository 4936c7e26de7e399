package io.pgclonedb.proxy.operation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, and from where: what an operation has to know of the session.
 *
 * @param callerName the role that logged in, as the server reported it first; for messages only, the rights are looked
 *     up by OID
 * @param backendPid the server process of the caller's session
 * @param database the database the caller's session is connected to
 * @param clientAddress the address alone, without port; for the audit
 * @param applicationName the session's application_name, possibly empty; for the audit
 * @param statementTimeout the session's own limit; null when it has none
 * @param readOnly whether the session's transaction is read-only
 */
public record CallContext(
        String callerName,
        int backendPid,
        String database,
        String clientAddress,
        String applicationName,
        @Nullable Duration statementTimeout,
        boolean readOnly) {}
