package io.pgclonedb.proxy.operation;

/** Where the interception hands a call over. Thread-safe. */
public interface CallService {
    /**
     * Checks, records and runs a call on the operation threads. Returns at once; what happens comes through {@code
     * listener}.
     */
    RunningCall start(CallRequest request, CallListener listener);
}
