package io.pgclonedb.proxy.metrics;

import java.util.Locale;

/** How a call ended: label {@code outcome} of {@code pgclonedb_calls_total}. */
public enum CallOutcome {
    SUCCEEDED,
    /** Tried and not done, a cancelled call included. */
    FAILED,
    /** Refused by the policy before anything was tried. */
    DENIED;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
