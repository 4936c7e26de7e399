package io.pgclonedb.proxy.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.pgclonedb.policy.DenialReason;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Every meter of the proxy. All series exist from the start with the value 0, so that a rate over a rare event is right the
 * first time it happens. Thread-safe; no method blocks or throws on a known function, so event loops may call them all.
 */
public final class ProxyMetrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RelayMetrics relay = new RelayMetrics(registry);
    private final Map<String, CallMetrics> calls;
    private final Map<String, Counter> denials;
    private final Counter cloneBytes = Counter.builder("pgclonedb.clone.bytes")
            .description("Bytes of the databases that were made by cloning")
            .register(registry);
    private final AtomicBoolean controlDatabaseUp = new AtomicBoolean();
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    /**
     * @param functions the names of all functions of the catalogue, without the schema: the only values of label {@code
     *     function}
     */
    public ProxyMetrics(Collection<String> functions) {
        Map<String, CallMetrics> byFunction = new LinkedHashMap<>();
        functions.forEach(function -> byFunction.put(function, new CallMetrics(registry, function)));
        calls = Map.copyOf(byFunction);
        Map<String, Counter> byReason = new LinkedHashMap<>();
        Stream.concat(
                        Stream.of(DenialReason.values()).map(DenialReason::label),
                        Stream.of(ParseRefusal.values()).map(ParseRefusal::label))
                .forEach(reason -> byReason.put(reason, denials(reason)));
        denials = Map.copyOf(byReason);
        Gauge.builder("pgclonedb.control.database.up", controlDatabaseUp, up -> up.get() ? 1 : 0)
                .description("1 while the control database answers")
                .register(registry);
        bindJvm();
    }

    private Counter denials(String reason) {
        return Counter.builder("pgclonedb.denials")
                .description("Calls that were refused")
                .tag("reason", reason)
                .register(registry);
    }

    private void bindJvm() {
        new ClassLoaderMetrics().bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
    }

    /** Where other libraries add meters of their own, such as the connection pool. */
    public MeterRegistry registry() {
        return registry;
    }

    /** All meters in Prometheus' text exposition format. */
    public String scrape() {
        return registry.scrape();
    }

    /** A client was accepted: it counts as {@link SessionState#AUTHENTICATING}. */
    public void sessionOpened() {
        relay.opened();
    }

    /** The server has let a client in: it counts as {@link SessionState#AUTHENTICATED} from now on. */
    public void sessionAuthenticated() {
        relay.authenticated();
    }

    /**
     * A client has gone.
     *
     * @param last the state it was in; call it once a session
     */
    public void sessionClosed(SessionState last) {
        relay.closed(last);
    }

    /** Something was passed on unchanged; partial messages count where they begin. */
    public void relayed(Direction direction, long bytes, long messages) {
        relay.relayed(direction, bytes, messages);
    }

    /** The server, or the proxy, has refused a login. */
    public void authenticationFailed() {
        relay.authenticationFailed();
    }

    /**
     * A call was refused before it could run; it stands in no audit row.
     *
     * @param sqlState what its caller was told
     */
    public void refusedWhileParsing(String sqlState) {
        countDenial(ParseRefusal.of(sqlState).label());
    }

    /** The policy has refused a call. */
    public void denied(DenialReason reason) {
        countDenial(reason.label());
    }

    private void countDenial(String reason) {
        Counter counter = denials.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    /** A call was handed over. Exactly one {@link #callEnded} follows. */
    public void callStarted(String function) {
        of(function).started();
    }

    /**
     * A call has been answered.
     *
     * @param took from its start
     */
    public void callEnded(String function, CallOutcome outcome, Duration took) {
        of(function).ended(outcome, took);
    }

    /**
     * A database was cloned.
     *
     * @param bytes the size of its template
     */
    public void cloned(long bytes) {
        cloneBytes.increment((double) bytes);
    }

    /** Whether the control database answered when it was last asked. */
    public void controlDatabaseUp(boolean up) {
        controlDatabaseUp.set(up);
    }

    private CallMetrics of(String function) {
        CallMetrics metrics = calls.get(function);
        if (metrics == null) {
            throw new IllegalArgumentException("no such function: " + function);
        }
        return metrics;
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }
}
