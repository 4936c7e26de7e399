package io.pgclonedb.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.pgclonedb.proxy.operation.CallObserver;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The meters of one function. */
final class CallMetrics {
    /** From a look-up in the catalogs to the clone of a very large database. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(15),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofMinutes(15),
        Duration.ofHours(1)
    };

    private final Map<CallObserver.Outcome, Counter> calls = new EnumMap<>(CallObserver.Outcome.class);
    private final Timer duration;
    private final AtomicLong running = new AtomicLong();

    CallMetrics(MeterRegistry registry, String function) {
        for (CallObserver.Outcome outcome : CallObserver.Outcome.values()) {
            calls.put(
                    outcome,
                    Counter.builder("pgclonedb.calls")
                            .description("Calls of pgclonedb functions that have ended")
                            .tag("function", function)
                            .tag("outcome", outcome.label())
                            .register(registry));
        }
        duration = Timer.builder("pgclonedb.call")
                .description("From the start of a call to its answer")
                .tag("function", function)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        Gauge.builder("pgclonedb.operations.running", running, AtomicLong::get)
                .description("Calls that run now")
                .tag("function", function)
                .register(registry);
    }

    void started() {
        running.incrementAndGet();
    }

    void ended(CallObserver.Outcome outcome, Duration took) {
        running.decrementAndGet();
        Counter counter = calls.get(outcome);
        if (counter != null) {
            counter.increment();
        }
        duration.record(took);
    }
}
