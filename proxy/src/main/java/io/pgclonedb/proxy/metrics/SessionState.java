package io.pgclonedb.proxy.metrics;

import java.util.Locale;

/** How far a client connection has come: label {@code state} of {@code pgclonedb_sessions}. */
enum SessionState {
    /** From accept to AuthenticationOk. */
    AUTHENTICATING,
    /** After AuthenticationOk. */
    AUTHENTICATED;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
