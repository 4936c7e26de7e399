package io.pgclonedb.it.operation;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another thread or process is about to do. */
final class Until {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Until() {}

    static void isTrue(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.call()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not happen within " + LIMIT);
            }
            LockSupport.parkNanos(20_000_000L);
        }
    }
}
