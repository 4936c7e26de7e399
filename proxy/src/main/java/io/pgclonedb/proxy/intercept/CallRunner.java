package io.pgclonedb.proxy.intercept;

import io.pgclonedb.policy.Arguments;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.operation.CallContext;
import io.pgclonedb.proxy.operation.CallListener;
import io.pgclonedb.proxy.operation.CallNotice;
import io.pgclonedb.proxy.operation.CallRequest;
import io.pgclonedb.proxy.operation.CallService;
import io.pgclonedb.proxy.operation.CancelReason;
import io.pgclonedb.proxy.operation.RunningCall;
import io.pgclonedb.proxy.relay.BackendState;
import io.pgclonedb.proxy.sql.PlannedCall;
import io.pgclonedb.proxy.sql.SessionSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Hands the calls of one session over, one at a time, and brings what they say back to the event loop. Belongs to the
 * session's event loop.
 */
final class CallRunner {
    /** Hears how a call ended, on the event loop. */
    interface Ending {
        void succeeded(String answer);

        void failed(PgException error);
    }

    private final Wire wire;
    private final BackendState state;
    private final Caller caller;
    private final CallService calls;
    private @Nullable RunningCall running;

    CallRunner(Wire wire, BackendState state, Caller caller, CallService calls) {
        this.wire = wire;
        this.state = state;
        this.caller = caller;
        this.calls = calls;
    }

    boolean isRunning() {
        return running != null;
    }

    /** Asks the running call to end; false when none runs. */
    boolean cancel(CancelReason reason) {
        if (running == null) {
            return false;
        }
        running.cancel(reason);
        return true;
    }

    /**
     * Starts a call.
     *
     * @param settings of the session; null for a call that reads
     */
    void run(PlannedCall call, Arguments arguments, @Nullable SessionSettings settings, Ending ending) {
        Duration timeout = settings == null ? null : Timeouts.of(settings);
        CallContext context = new CallContext(
                caller.role(),
                caller.backendPid(),
                caller.database(),
                caller.clientAddress(),
                Encodings.decodeLeniently(state, state.settingBytes("application_name")),
                timeout,
                settings != null && settings.readOnly());
        running = calls.start(new CallRequest(context, call.function(), arguments), new Listener(settings, ending));
    }

    private void ended(Runnable ending) {
        wire.eventLoop().execute(() -> {
            running = null;
            ending.run();
            wire.callEnded();
        });
    }

    /** Called on operation threads. */
    private final class Listener implements CallListener {
        private final @Nullable SessionSettings settings;
        private final Ending ending;

        private Listener(@Nullable SessionSettings settings, Ending ending) {
            this.settings = settings;
            this.ending = ending;
        }

        @Override
        public void notice(CallNotice notice) {
            if (settings == null || !settings.wants(notice.severity())) {
                return;
            }
            wire.eventLoop().execute(() -> {
                wire.toClient(Responses.notice(notice, Encodings.charset(state)));
                wire.flushClient();
            });
        }

        @Override
        public void succeeded(String answer) {
            ended(() -> ending.succeeded(answer));
        }

        @Override
        public void failed(PgException error) {
            ended(() -> ending.failed(error));
        }
    }
}
