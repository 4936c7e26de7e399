package io.pgclonedb.proxy.intercept;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.operation.CallListener;
import io.pgclonedb.proxy.operation.CallNotice;
import io.pgclonedb.proxy.operation.CallRequest;
import io.pgclonedb.proxy.operation.CallService;
import io.pgclonedb.proxy.operation.CancelReason;
import io.pgclonedb.proxy.operation.RunningCall;
import java.util.ArrayList;
import java.util.List;

/** Takes calls and ends them when the test says so. */
public final class ScriptedCalls implements CallService {
    private final List<Call> started = new ArrayList<>();

    /** A call that was handed over. */
    public static final class Call implements RunningCall {
        private final CallRequest request;
        private final CallListener listener;
        private final List<CancelReason> cancels = new ArrayList<>();

        private Call(CallRequest request, CallListener listener) {
            this.request = request;
            this.listener = listener;
        }

        public CallRequest request() {
            return request;
        }

        /** The value of an argument; null for NULL. */
        public Object argument(String name) {
            return request.arguments().value(name);
        }

        public List<CancelReason> cancels() {
            return cancels;
        }

        public void notice(String message) {
            listener.notice(new CallNotice("NOTICE", "00000", message, null, null));
        }

        public void succeed(String answer) {
            listener.succeeded(answer);
        }

        public void fail(PgException error) {
            listener.failed(error);
        }

        @Override
        public void cancel(CancelReason reason) {
            cancels.add(reason);
        }
    }

    @Override
    public RunningCall start(CallRequest request, CallListener listener) {
        Call call = new Call(request, listener);
        started.add(call);
        return call;
    }

    public List<Call> started() {
        return started;
    }

    /** The latest call. */
    public Call latest() {
        return started.get(started.size() - 1);
    }
}
