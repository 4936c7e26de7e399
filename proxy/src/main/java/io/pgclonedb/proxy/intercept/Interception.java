package io.pgclonedb.proxy.intercept;

import io.pgclonedb.proxy.operation.CallService;
import io.pgclonedb.proxy.relay.BackendState;

/** What the interceptions of all sessions share. Thread-safe. */
public final class Interception {
    private final CallService calls;
    private final RefusalObserver refusals;

    public Interception(CallService calls, RefusalObserver refusals) {
        this.calls = calls;
        this.refusals = refusals;
    }

    /** The interception of one session. */
    public Interceptor of(Wire wire, BackendState state, Caller caller) {
        return new Interceptor(wire, state, new CallRunner(wire, state, caller, calls), refusals, true);
    }

    /** The interception of a replication connection: no call is served there. */
    public Interceptor ofReplication(Wire wire, BackendState state, Caller caller) {
        return new Interceptor(wire, state, new CallRunner(wire, state, caller, calls), refusals, false);
    }
}
