package io.pgclonedb.proxy.http;

/**
 * How far the proxy's life has come; what the health checks ask. It moves forward only. Thread-safe.
 *
 * <p>A server or control database that is away for a while changes nothing here: every proxy of the cluster would be taken
 * out of service at once, and nobody would be left to say why.
 */
public final class Health {
    private enum Phase {
        STARTING,
        SERVING,
        DRAINING
    }

    private volatile Phase phase = Phase.STARTING;

    /** Start-up is done, clients are served. Without effect once draining has begun. */
    public synchronized void serving() {
        if (phase == Phase.STARTING) {
            phase = Phase.SERVING;
        }
    }

    /** New clients are turned away from now on. */
    public synchronized void draining() {
        phase = Phase.DRAINING;
    }

    /** Whether start-up is done. */
    boolean started() {
        return phase != Phase.STARTING;
    }

    /** Whether a new client would be served. */
    boolean ready() {
        return phase == Phase.SERVING;
    }

    /** One word for the answer's body. */
    String word() {
        return switch (phase) {
            case STARTING -> "starting";
            case SERVING -> "ok";
            case DRAINING -> "draining";
        };
    }
}
