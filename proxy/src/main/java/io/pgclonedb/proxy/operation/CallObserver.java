package io.pgclonedb.proxy.operation;

import io.pgclonedb.policy.DenialReason;
import io.pgclonedb.policy.Function;
import java.time.Duration;
import java.util.Locale;

/** Hears of every call, for the metrics. Called on operation threads; must return at once and not throw. */
public interface CallObserver {
    /** How a call ended. */
    enum Outcome {
        SUCCEEDED,
        FAILED,
        /** The policy refused it. */
        DENIED,
        /** It ended with 57014. */
        CANCELLED;

        /** The value of the metric's label. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Hears nothing. */
    CallObserver NONE = new CallObserver() {};

    /** A call was handed over; exactly one {@link #finished} follows. */
    default void started(Function function) {}

    /** A call that was handed over has ended; {@code duration} counts from then on, waiting for a thread included. */
    default void finished(Function function, Outcome outcome, Duration duration) {}

    /** The policy refused a call. */
    default void denied(Function function, DenialReason reason) {}

    /** A clone of this many bytes was made. */
    default void cloned(long bytes) {}
}
