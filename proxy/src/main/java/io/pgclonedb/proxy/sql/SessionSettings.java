package io.pgclonedb.proxy.sql;

import org.jspecify.annotations.Nullable;

/**
 * Settings of the caller's session when a call is to run, as the server shows them. Most are not reported by ParameterStatus,
 * so every carrier brings them. Immutable.
 *
 * @param statementTimeout {@code statement_timeout}, such as {@code 30s}; {@code 0} for none
 * @param transactionTimeout {@code transaction_timeout}; null before PostgreSQL 17
 * @param clientMinMessages {@code client_min_messages}
 * @param readOnly {@code transaction_read_only}: a read-only transaction, or a standby
 */
public record SessionSettings(
        String statementTimeout, @Nullable String transactionTimeout, String clientMinMessages, boolean readOnly) {

    /** Whether the session wants to hear notices of this severity, {@code NOTICE} or {@code WARNING}. */
    public boolean wants(String severity) {
        return switch (clientMinMessages) {
            case "error" -> false;
            case "warning" -> severity.equals("WARNING");
            default -> true;
        };
    }
}
