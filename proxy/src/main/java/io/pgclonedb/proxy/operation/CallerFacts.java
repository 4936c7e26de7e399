package io.pgclonedb.proxy.operation;

import io.pgclonedb.policy.Caller;
import io.pgclonedb.policy.ClusterFacts;
import java.util.Optional;

/**
 * What the policy judges a call by, all from one look at the catalogs.
 *
 * @param sessionRole OID of the role that the session logged in as; 0 when the session is not there
 * @param caller that role as it is now; empty when it has been dropped
 */
record CallerFacts(long sessionRole, Optional<Caller> caller, ClusterFacts cluster) {}
