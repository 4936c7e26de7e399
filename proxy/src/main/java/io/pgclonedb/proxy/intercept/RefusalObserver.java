package io.pgclonedb.proxy.intercept;

/** Hears of calls that were refused while they were parsed; they are counted, not audited. Any event loop. */
@FunctionalInterface
public interface RefusalObserver {
    /** A text with a call was refused; {@code sqlState} says why. */
    void refused(String sqlState);
}
