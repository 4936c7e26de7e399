package io.pgclonedb.proxy.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The counters of sessions and of what passes through them; cheap enough for every read of every event loop. */
final class RelayMetrics {
    private final Map<Direction, LongAdder> bytes = new EnumMap<>(Direction.class);
    private final Map<Direction, LongAdder> messages = new EnumMap<>(Direction.class);
    private final Map<SessionState, LongAdder> sessions = new EnumMap<>(SessionState.class);
    private final LongAdder authenticationFailures = new LongAdder();

    RelayMetrics(MeterRegistry registry) {
        for (Direction direction : Direction.values()) {
            bytes.put(
                    direction,
                    counted(
                            registry,
                            "pgclonedb.relay.bytes",
                            direction,
                            "Bytes passed on unchanged, message headers included"));
            messages.put(
                    direction,
                    counted(registry, "pgclonedb.relay.messages", direction, "Protocol messages passed on unchanged"));
        }
        for (SessionState state : SessionState.values()) {
            LongAdder open = new LongAdder();
            sessions.put(state, open);
            Gauge.builder("pgclonedb.sessions", open, LongAdder::sum)
                    .description("Client connections that are open now")
                    .tag("state", state.label())
                    .register(registry);
        }
        FunctionCounter.builder("pgclonedb.authentication.failures", authenticationFailures, LongAdder::sum)
                .description("Logins that the server or the proxy refused")
                .register(registry);
    }

    private static LongAdder counted(MeterRegistry registry, String name, Direction direction, String description) {
        LongAdder sum = new LongAdder();
        FunctionCounter.builder(name, sum, LongAdder::sum)
                .description(description)
                .tag("direction", direction.label())
                .register(registry);
        return sum;
    }

    void opened() {
        session(SessionState.AUTHENTICATING).increment();
    }

    void authenticated() {
        session(SessionState.AUTHENTICATING).decrement();
        session(SessionState.AUTHENTICATED).increment();
    }

    void closed(SessionState last) {
        session(last).decrement();
    }

    void relayed(Direction direction, long byteCount, long messageCount) {
        of(bytes, direction).add(byteCount);
        of(messages, direction).add(messageCount);
    }

    void authenticationFailed() {
        authenticationFailures.increment();
    }

    private LongAdder session(SessionState state) {
        return of(sessions, state);
    }

    private static <E extends Enum<E>> LongAdder of(Map<E, LongAdder> counters, E key) {
        LongAdder counter = counters.get(key);
        if (counter == null) {
            throw new IllegalStateException("no counter of " + key);
        }
        return counter;
    }
}
