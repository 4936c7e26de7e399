package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call from the moment it is handed over: waits for a thread, runs, tells its listener once how it ended. Whoever comes
 * first, a thread or a cancel, takes the waiting call.
 */
final class CallExecution implements Runnable, RunningCall {
    private static final Logger LOG = LoggerFactory.getLogger(CallExecution.class);

    private final CallRequest request;
    private final CallListener listener;
    private final CallRunner runner;
    private final CallObserver observer;
    private final ScheduledExecutorService scheduler;
    private final Consumer<CallExecution> ended;
    private final Cancellation cancellation;
    private final AtomicBoolean taken = new AtomicBoolean();
    private final Stopwatch time = Stopwatch.start();
    private volatile @Nullable ScheduledFuture<?> timeout;

    /** {@code ended} is told when the listener has been. */
    CallExecution(
            CallRequest request,
            CallListener listener,
            CallRunner runner,
            CallObserver observer,
            ScheduledExecutorService scheduler,
            Consumer<CallExecution> ended) {
        this.request = request;
        this.listener = listener;
        this.runner = runner;
        this.observer = observer;
        this.scheduler = scheduler;
        this.ended = ended;
        this.cancellation = new Cancellation(scheduler);
    }

    /** To be called once, before the call is given to a thread. */
    void handedOver() {
        observer.started(request.function());
        @Nullable Duration limit = request.context().statementTimeout();
        if (limit != null && !limit.isZero() && !scheduler.isShutdown()) {
            timeout = scheduler.schedule(
                    () -> cancel(CancelReason.STATEMENT_TIMEOUT), limit.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void run() {
        if (!taken.compareAndSet(false, true)) {
            return;
        }
        try {
            String answer = runner.run(request, listener::notice, cancellation);
            end(CallObserver.Outcome.SUCCEEDED, () -> listener.succeeded(answer));
        } catch (CallRunner.Refused refused) {
            observer.denied(request.function(), refused.reason());
            end(CallObserver.Outcome.DENIED, () -> listener.failed(refused.error()));
        } catch (RuntimeException failure) {
            fail(Failures.explain(failure, cancellation));
        }
    }

    @Override
    public void cancel(CancelReason reason) {
        cancellation.cancel(reason);
        if (taken.compareAndSet(false, true)) {
            elsewhere(() -> fail(PgException.error(SqlState.QUERY_CANCELED, reason.message())));
        }
    }

    /** There is no room for the call, not even in the queue. */
    void reject() {
        if (taken.compareAndSet(false, true)) {
            elsewhere(() ->
                    fail(PgException.error(SqlState.INSUFFICIENT_RESOURCES, "too many calls are waiting to be run")
                            .withHint("Repeat the call later.")));
        }
    }

    /** On another thread than that of a session, unless the proxy is at its end and has none left. */
    private void elsewhere(Runnable task) {
        try {
            scheduler.execute(task);
        } catch (RejectedExecutionException stopped) {
            task.run();
        }
    }

    private void fail(PgException error) {
        boolean cancelled = SqlState.QUERY_CANCELED.code().equals(error.sqlState());
        end(cancelled ? CallObserver.Outcome.CANCELLED : CallObserver.Outcome.FAILED, () -> listener.failed(error));
    }

    private void end(CallObserver.Outcome outcome, Runnable tell) {
        ScheduledFuture<?> planned = timeout;
        if (planned != null) {
            planned.cancel(false);
        }
        observer.finished(request.function(), outcome, time.elapsed());
        try {
            tell.run();
        } catch (RuntimeException failure) {
            LOG.error("a listener failed", failure);
        } finally {
            ended.accept(this);
        }
    }
}
