package io.pgclonedb.it.calls;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.operation.CallListener;
import io.pgclonedb.proxy.operation.CallNotice;
import io.pgclonedb.proxy.operation.CallRequest;
import io.pgclonedb.proxy.operation.CallService;
import io.pgclonedb.proxy.operation.CancelReason;
import io.pgclonedb.proxy.operation.RunningCall;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A call that was handed over; fails the test when it is told twice how the call ended. */
public final class PendingCall {
    private final CompletableFuture<CallResult> result = new CompletableFuture<>();
    private final List<CallNotice> notices = new CopyOnWriteArrayList<>();
    private final RunningCall running;

    private PendingCall(CallService service, CallRequest request) {
        running = service.start(request, new Listener());
    }

    /** Hands a call to the call service as a proxy would. */
    public static PendingCall start(CallService service, CallRequest request) {
        return new PendingCall(service, request);
    }

    private final class Listener implements CallListener {
        @Override
        public void notice(CallNotice notice) {
            notices.add(notice);
            if (result.isDone()) {
                throw new AssertionError("a notice came after the answer");
            }
        }

        @Override
        public void succeeded(String answer) {
            end(answer, null);
        }

        @Override
        public void failed(PgException error) {
            end(null, error);
        }

        private void end(@Nullable String answer, @Nullable PgException error) {
            if (!result.complete(new CallResult(answer, error, notices))) {
                throw new AssertionError("the call ended twice");
            }
        }
    }

    /** What the caller has been told so far. */
    public List<CallNotice> notices() {
        return notices;
    }

    /** Asks for its end, as a cancel request does. */
    public void cancel(CancelReason reason) {
        running.cancel(reason);
    }

    /** Whether the caller knows how it ended. */
    public boolean ended() {
        return result.isDone();
    }

    /** Done when the call has ended. */
    public CompletableFuture<CallResult> result() {
        return result;
    }

    /** Waits for the end, up to a minute. */
    public CallResult await() throws Exception {
        return result.get(60, TimeUnit.SECONDS);
    }
}
