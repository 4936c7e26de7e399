package io.pgclonedb.proxy.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.pgclonedb.policy.Function;
import io.pgclonedb.proxy.operation.CallObserver;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.ToDoubleFunction;

/**
 * Every meter of the proxy. All series exist from the start with the value 0, so that a rate over a rare event is right the
 * first time it happens. Thread-safe; no method blocks or throws, so event loops may call them all.
 */
public final class ProxyMetrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RelayMetrics relay = new RelayMetrics(registry);
    private final CallCounts calls;
    private volatile BooleanSupplier controlDatabaseUp = () -> false;
    private volatile IntSupplier poolActive = () -> 0;
    private volatile IntSupplier poolIdle = () -> 0;
    private volatile IntSupplier poolWaiting = () -> 0;
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    /** With all functions of the catalogue: nothing else gets a series of its own. */
    public ProxyMetrics(List<Function> functions) {
        calls = new CallCounts(registry, functions);
        Gauge.builder("pgclonedb.control.database.up", this, self -> self.controlDatabaseUp.getAsBoolean() ? 1 : 0)
                .description("1 when the control database answered the last time it was asked")
                .register(registry);
        poolConnections("active", self -> self.poolActive.getAsInt());
        poolConnections("idle", self -> self.poolIdle.getAsInt());
        Gauge.builder("pgclonedb.admin.pool.waiting", this, self -> self.poolWaiting.getAsInt())
                .description("Threads that wait for a connection to the control database")
                .register(registry);
        bindJvm();
    }

    private void poolConnections(String state, ToDoubleFunction<ProxyMetrics> count) {
        Gauge.builder("pgclonedb.admin.pool.connections", this, count)
                .description("Connections to the control database")
                .tag("state", state)
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

    /** All meters in Prometheus' text exposition format. */
    public String scrape() {
        return registry.scrape();
    }

    /** Counts calls. */
    public CallObserver calls() {
        return calls;
    }

    /**
     * A call was refused before it could run; it stands in no audit row.
     *
     * @param sqlState what its caller was told
     */
    public void refusedWhileParsing(String sqlState) {
        calls.refusedWhileParsing(sqlState);
    }

    /** A client was accepted: it counts as authenticating. */
    public void sessionOpened() {
        relay.opened();
    }

    /** The server has let a client in: it counts as authenticated from now on. */
    public void sessionAuthenticated() {
        relay.authenticated();
    }

    /**
     * A client has gone; call it once a session.
     *
     * @param wasAuthenticated whether {@link #sessionAuthenticated} had been called for it
     */
    public void sessionClosed(boolean wasAuthenticated) {
        relay.closed(wasAuthenticated ? SessionState.AUTHENTICATED : SessionState.AUTHENTICATING);
    }

    /** Something was passed on unchanged; partial messages count where they begin. */
    public void relayed(Direction direction, long bytes, long messages) {
        relay.relayed(direction, bytes, messages);
    }

    /** The server, or the proxy, has refused a login. */
    public void authenticationFailed() {
        relay.authenticationFailed();
    }

    /** Where to ask whether the control database is up; 0 before. {@code up} must not block. */
    public void observeControlDatabase(BooleanSupplier up) {
        controlDatabaseUp = up;
    }

    /** Where to ask for the figures of the admin pool; 0 before. None of them may block. */
    public void observeAdminPool(IntSupplier active, IntSupplier idle, IntSupplier waiting) {
        poolActive = active;
        poolIdle = idle;
        poolWaiting = waiting;
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }
}
