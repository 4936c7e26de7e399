package io.pgclonedb.proxy.session;

import io.pgclonedb.protocol.startup.CancelRequest;

/** Tells the other proxies of the cluster about a cancel request that none of this proxy's sessions is meant by. */
@FunctionalInterface
public interface CancelBroadcast {
    /** Where this proxy is the only one. */
    CancelBroadcast NONE = request -> {};

    /** Called on event loops: must not block, and may drop requests when there are too many. */
    void publish(CancelRequest request);
}
