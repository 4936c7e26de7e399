package io.pgclonedb.proxy.control;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settles what dead proxies left behind and deletes what the audit need not keep, again and again, on one daemon thread. */
public final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration SETTLE_EVERY = Duration.ofSeconds(10);
    private static final Duration PURGE_EVERY = Duration.ofMinutes(10);

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "pgclonedb-housekeeping");
        thread.setDaemon(true);
        return thread;
    });

    private Housekeeping() {}

    /** Begins at once; does nothing as long as the server is a standby. */
    public static Housekeeping start(
            ControlDatabase control,
            RunningOperations operations,
            Settler settler,
            SettingsStore settings,
            AuditLog audit) {
        Housekeeping housekeeping = new Housekeeping();
        housekeeping.repeat("settling", SETTLE_EVERY, () -> {
            if (control.takesChanges()) {
                operations.settle(settler);
            }
        });
        housekeeping.repeat("deleting old audit rows", PURGE_EVERY, () -> {
            String retention = settings.current().auditRetention();
            if (retention != null && control.takesChanges()) {
                audit.purge(retention);
            }
        });
        return housekeeping;
    }

    /** A task that throws would never be run again. */
    private void repeat(String what, Duration every, Runnable task) {
        var unused = scheduler.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (RuntimeException failure) {
                        LOG.warn("{} has to wait: {}", what, failure.getMessage());
                    }
                },
                0,
                every.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
