package io.pgclonedb.proxy.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.function.Supplier;

/** Measures the processor time of this thread, which other processes on the machine do not add to. */
final class ProcessorTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** What was measured last: a result that nobody could see would not have to be computed. */
    @SuppressWarnings("unused")
    private static volatile Object seen = "";

    private ProcessorTime() {}

    /** Nanoseconds of the best of so many runs. */
    static double best(int runs, Supplier<?> measured) {
        long best = Long.MAX_VALUE;
        for (int run = 0; run < runs; run++) {
            long before = THREADS.getCurrentThreadCpuTime();
            seen = measured.get();
            best = Math.min(best, THREADS.getCurrentThreadCpuTime() - before);
        }
        return best;
    }
}
