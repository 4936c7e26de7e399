package io.pgclonedb.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.pgclonedb.policy.DenialReason;
import io.pgclonedb.policy.Function;
import io.pgclonedb.proxy.operation.CallObserver;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The meters of calls, by function and by reason of refusal. */
final class CallCounts implements CallObserver {
    private final Map<String, CallMetrics> byFunction;
    private final Map<String, Counter> denials;
    private final Counter cloneBytes;

    CallCounts(MeterRegistry registry, List<Function> functions) {
        Map<String, CallMetrics> calls = new LinkedHashMap<>();
        functions.forEach(function -> calls.put(function.name(), new CallMetrics(registry, function.name())));
        byFunction = Map.copyOf(calls);
        Map<String, Counter> reasons = new LinkedHashMap<>();
        Stream.concat(
                        Stream.of(DenialReason.values()).map(DenialReason::label),
                        Stream.of(ParseRefusal.values()).map(ParseRefusal::label))
                .forEach(reason -> reasons.put(
                        reason,
                        Counter.builder("pgclonedb.denials")
                                .description("Calls that were refused")
                                .tag("reason", reason)
                                .register(registry)));
        denials = Map.copyOf(reasons);
        cloneBytes = Counter.builder("pgclonedb.clone.bytes")
                .description("Bytes of the databases that were made by cloning")
                .register(registry);
    }

    @Override
    public void started(Function function) {
        of(function, CallMetrics::started);
    }

    @Override
    public void finished(Function function, Outcome outcome, Duration duration) {
        of(function, metrics -> metrics.ended(outcome, duration));
    }

    @Override
    public void denied(Function function, DenialReason reason) {
        refused(reason.label());
    }

    @Override
    public void cloned(long bytes) {
        cloneBytes.increment((double) bytes);
    }

    void refusedWhileParsing(String sqlState) {
        refused(ParseRefusal.of(sqlState).label());
    }

    private void refused(String reason) {
        Counter counter = denials.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    /** A function that is not of the catalogue becomes no label. */
    private void of(Function function, Consumer<CallMetrics> event) {
        CallMetrics metrics = byFunction.get(function.name());
        if (metrics != null) {
            event.accept(metrics);
        }
    }
}
