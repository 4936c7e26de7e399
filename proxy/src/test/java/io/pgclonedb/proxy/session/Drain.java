package io.pgclonedb.proxy.session;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A shutdown that waits on a thread of its own, while the test runs the event loops. */
final class Drain {
    private static final long DEADLINE_NANOS = Duration.ofSeconds(20).toNanos();

    private final CompletableFuture<Boolean> outcome;

    private Drain(CompletableFuture<Boolean> outcome) {
        this.outcome = outcome;
    }

    static Drain begin(SessionRegistry sessions) {
        return begin(sessions, Duration.ofSeconds(10));
    }

    static Drain begin(SessionRegistry sessions, Duration timeout) {
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                outcome.complete(sessions.drain(timeout));
            } catch (InterruptedException | RuntimeException failure) {
                outcome.completeExceptionally(failure);
            }
        });
        waiting.setDaemon(true);
        waiting.start();
        return new Drain(outcome);
    }

    boolean isDone() {
        return outcome.isDone();
    }

    /** Whether all operations ended by themselves. */
    boolean pumpedUntilDone(Proxy proxy) throws InterruptedException {
        pumpedUntil(proxy, outcome::isDone);
        return outcome.join();
    }

    static void pumpedUntil(Proxy proxy, java.util.function.BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + DEADLINE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not in time");
            }
            proxy.run();
            Thread.sleep(5);
        }
    }
}
