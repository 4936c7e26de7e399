package io.pgclonedb.proxy.operation;

import io.pgclonedb.policy.FunctionCatalog;
import io.pgclonedb.proxy.admin.AdminConnections;
import io.pgclonedb.proxy.admin.ServerErrors;
import io.pgclonedb.proxy.config.ProxyConfig;
import io.pgclonedb.proxy.control.AuditLog;
import io.pgclonedb.proxy.control.ControlDatabase;
import io.pgclonedb.proxy.control.Reservations;
import io.pgclonedb.proxy.control.RunningOperations;
import io.pgclonedb.proxy.control.SettingsStore;
import io.pgclonedb.proxy.control.Settler;
import io.pgclonedb.proxy.error.PgException;
import java.sql.Connection;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The {@link CallService} of a proxy and what belongs to it. As many calls run at once as the configuration has operation
 * threads; more of them wait. Thread-safe.
 */
public final class CallServices implements CallService, AutoCloseable {
    private static final int LONGEST_QUEUE = 1000;
    private static final Duration LAST_WAIT = Duration.ofSeconds(10);

    private final AuditLog audit;
    private final SettingsStore settings;
    private final RunningOperations running;
    private final Settler settler;
    private final CallObserver observer;
    private final CallRunner runner;
    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor scheduler;
    private final Set<CallExecution> calls = ConcurrentHashMap.newKeySet();

    private CallServices(
            ProxyConfig config, AdminConnections connections, ControlDatabase control, CallObserver observer) {
        this.observer = observer;
        threads = new ThreadPoolExecutor(
                config.operationThreads(),
                config.operationThreads(),
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(LONGEST_QUEUE),
                named("pgclonedb-operation-"));
        // Each running operation may have one task that waits for the server.
        scheduler = new ScheduledThreadPoolExecutor(config.operationThreads() + 1, named("pgclonedb-watch-"));
        scheduler.setRemoveOnCancelPolicy(true);

        AdminLogin login = () -> connect(connections, control.name());
        audit = new AuditLog(control);
        settings = new SettingsStore(control, FunctionCatalog.functions());
        running = new RunningOperations(control, audit);
        settler = new CatalogSettler(login, connections::connect);
        DiskCheck disk = new DiskCheck(new Reservations(control), FreeSpace.of(config));
        Map<String, Operation> operations = new HashMap<>();
        operations.put("create_database", new CreateDatabase(login, disk, observer));
        operations.put("open_database", new OpenDatabase());
        operations.put("close_database", new CloseDatabase(login, config.lockTimeout()));
        operations.put("drop_database", new DropDatabase(login, config.lockTimeout()));
        operations.put("create_schema", new CreateSchema(connections::connect));
        operations.put("drop_schema", new DropSchema(connections::connect));
        operations.put("create_role", new CreateRole());
        operations.put("drop_role", new DropRole());
        operations.put("reset_password", new ResetPassword());
        operations.put("grant_role", new GrantRole());
        operations.put("revoke_role", new RevokeRole());
        operations.put("configure", new Configure(settings));
        operations.put("show_config", new ShowConfig());
        operations.put("get_audit_log", new GetAuditLog(audit));
        operations.put("help", new Help());
        Judgement judgement = new Judgement(new ClusterFactsReader(control.name()), settings);
        ActingCalls acting = new ActingCalls(audit, running, login, scheduler, judgement);
        runner = new CallRunner(control, settings, audit, acting, judgement, operations);
    }

    /**
     * Ready to take calls; to be closed before the control database.
     *
     * @param control open
     * @param observer hears of every call
     */
    public static CallServices create(
            ProxyConfig config, AdminConnections connections, ControlDatabase control, CallObserver observer) {
        return new CallServices(config, connections, control, observer);
    }

    /** Whatever is wrong with the way to the control database is for the operator to mend. */
    private static Connection connect(AdminConnections connections, String controlDatabase) {
        try {
            return connections.connect(controlDatabase);
        } catch (PgException failure) {
            throw failure.hint() == null ? failure.withHint(ServerErrors.CHECK_HINT) : failure;
        }
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger number = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public RunningCall start(CallRequest request, CallListener listener) {
        CallExecution call = new CallExecution(request, listener, runner, observer, scheduler, calls::remove);
        calls.add(call);
        call.handedOver();
        try {
            threads.execute(call);
        } catch (RejectedExecutionException full) {
            call.reject();
        }
        return call;
    }

    /** The audit, for the housekeeping. */
    public AuditLog audit() {
        return audit;
    }

    /** The settings, for the housekeeping. */
    public SettingsStore settings() {
        return settings;
    }

    /** The operations that run, for the housekeeping. */
    public RunningOperations running() {
        return running;
    }

    /** Tells from the catalogs how operations of dead proxies ended. */
    public Settler settler() {
        return settler;
    }

    /** Calls that were handed over and have not ended. Does not block. */
    public int unfinished() {
        return calls.size();
    }

    /** Asks all calls to end. Returns at once. */
    public void cancelAll(CancelReason reason) {
        calls.forEach(call -> call.cancel(reason));
    }

    /**
     * Waits until no call is left; new ones may still come.
     *
     * @return false when some were left at the end of {@code patience}
     */
    public boolean awaitNone(Duration patience) throws InterruptedException {
        Stopwatch time = Stopwatch.start();
        while (!calls.isEmpty()) {
            if (time.elapsed().compareTo(patience) >= 0) {
                return false;
            }
            Thread.sleep(20);
        }
        return true;
    }

    /** Cancels what is left and ends the threads; waits some seconds at most for the calls to end. */
    @Override
    public void close() {
        cancelAll(CancelReason.SHUTDOWN);
        threads.shutdown();
        try {
            awaitNone(LAST_WAIT);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
        scheduler.shutdownNow();
    }
}
