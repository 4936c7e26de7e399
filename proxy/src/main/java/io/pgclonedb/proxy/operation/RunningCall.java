package io.pgclonedb.proxy.operation;

/** A call that was handed over and may still run. */
public interface RunningCall {
    /**
     * Asks the call to end with 57014; does nothing when it has ended. Any thread; returns at once. The listener still
     * hears how it ended.
     */
    void cancel(CancelReason reason);
}
