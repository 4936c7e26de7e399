package io.pgclonedb.policy;

/** Whether a rule about roles lets the caller's own role pass. */
enum RoleExemption {
    NONE,
    CALLER;

    /** Whether the role of this name is exempt. It is the caller's when it has its OID, so a name alone does not do. */
    boolean covers(PolicyInput input, String role) {
        return this == CALLER
                && input.facts()
                        .graph()
                        .role(role)
                        .filter(facts -> facts.oid() == input.caller().oid())
                        .isPresent();
    }
}
