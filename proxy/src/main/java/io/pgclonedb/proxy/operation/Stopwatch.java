package io.pgclonedb.proxy.operation;

import java.time.Duration;

/** How long ago something began; not disturbed when the clock is set. */
record Stopwatch(long startedNanos) {
    static Stopwatch start() {
        return new Stopwatch(System.nanoTime());
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }
}
