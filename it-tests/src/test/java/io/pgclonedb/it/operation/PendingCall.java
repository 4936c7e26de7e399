package io.pgclonedb.it.operation;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.operation.CallListener;
import io.pgclonedb.proxy.operation.CallNotice;
import io.pgclonedb.proxy.operation.CancelReason;
import io.pgclonedb.proxy.operation.RunningCall;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A call that was handed over; fails the test when it is told twice how the call ended. */
final class PendingCall implements CallListener {
    private final CompletableFuture<CallResult> result = new CompletableFuture<>();
    private final List<CallNotice> notices = new CopyOnWriteArrayList<>();
    private volatile RunningCall running;

    void running(RunningCall call) {
        running = call;
    }

    @Override
    public void notice(CallNotice notice) {
        notices.add(notice);
        if (result.isDone()) {
            throw new AssertionError("a notice came after the answer");
        }
    }

    @Override
    public void succeeded(String answer) {
        end(new CallResult(answer, null, notices));
    }

    @Override
    public void failed(PgException error) {
        end(new CallResult(null, error, notices));
    }

    private void end(CallResult ended) {
        if (!result.complete(ended)) {
            throw new AssertionError("the call ended twice");
        }
    }

    List<CallNotice> notices() {
        return notices;
    }

    void cancel(CancelReason reason) {
        running.cancel(reason);
    }

    boolean ended() {
        return result.isDone();
    }

    CallResult await() throws Exception {
        return result.get(60, TimeUnit.SECONDS);
    }
}
