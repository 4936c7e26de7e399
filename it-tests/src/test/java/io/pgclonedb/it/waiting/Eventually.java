package io.pgclonedb.it.waiting;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for a condition by asking again and again. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_NANOS = 20_000_000L;

    private Eventually() {}

    /** Comes back when the condition is true; fails the test when it is not within 30 seconds. */
    public static void isTrue(Callable<Boolean> condition) throws Exception {
        isTrue(PATIENCE, condition);
    }

    /** The same with another limit. What the condition throws fails the test at once. */
    public static void isTrue(Duration limit, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not happen within " + limit);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
