package io.pgclonedb.proxy.cli;

import java.util.concurrent.CountDownLatch;

/** The wish of whoever started the process that it end: the first signal asks, the second does not ask. */
final class Termination {
    private final CountDownLatch asked = new CountDownLatch(1);

    /** Listens to these signals from now on. */
    Termination(String... signals) {
        for (String signal : signals) {
            Signals.handle(signal, this::ask);
        }
    }

    private synchronized void ask() {
        if (asked.getCount() == 0) {
            // exit, not halt: shutdown hooks still run, and a demo's server must not outlive it.
            new Thread(() -> System.exit(ExitCode.FAILURE), "pgclonedb-exit").start();
        }
        asked.countDown();
    }

    /** Waits for the first signal. */
    void await() throws InterruptedException {
        asked.await();
    }
}
