package io.pgclonedb.policy;

import java.util.Optional;

/** One reason to refuse a call. Stateless. */
@FunctionalInterface
interface Rule {
    /** The refusal, or empty when this rule has nothing against the call. */
    Optional<Denial> check(PolicyInput input);

    /** Whether it has to look at {@link ClusterFacts#roles} to judge these arguments. */
    default boolean needsRoles(Arguments call) {
        return false;
    }
}
