package io.pgclonedb.policy;

import java.util.Set;

/** All that a rule may look at. {@code enabled} are the names of the functions that the cluster's settings enable. */
record PolicyInput(Caller caller, Arguments call, ClusterFacts facts, Set<String> enabled) {
    Function function() {
        return call.function();
    }
}
