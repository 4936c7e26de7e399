package io.pgclonedb.policy;

import java.util.Locale;

/** Which rule refused a call; a label of the metrics. */
public enum DenialReason {
    /** The caller is no application admin, or not a superuser where one is needed. */
    CALLER,
    /** The function is disabled. */
    DISABLED,
    /** An argument is NULL, out of its range or no name. */
    ARGUMENTS,
    /** A database of another application. */
    SCOPE,
    /** A system database, the control database, a system schema or a system role. */
    PROTECTED_OBJECT,
    /** A name that PostgreSQL or this program keeps for itself. */
    RESERVED_NAME,
    /** A privilege that is not given away here. */
    PRIVILEGE,
    /** A role that is privileged or can become one that is. */
    PRIVILEGED_ROLE,
    /** A role of another application. */
    FOREIGN_ROLE,
    /** A grant that would make a role a member of itself. */
    CYCLE;

    /** The value of the metric's label. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
