package io.pgclonedb.proxy.control;

import java.util.Locale;

/** How a recorded call stands or ended; column {@code outcome} of the audit holds the lower-case name. */
public enum Outcome {
    /** The intent is recorded, the end is not. */
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** Refused for want of a right. */
    DENIED,
    /** Its proxy died and the catalogs do not show how it ended. */
    UNKNOWN;

    /** As the column holds it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return text();
    }
}
