package io.pgclonedb.proxy.control;

/** Hears of cancels that arrived at another proxy. Called on the bus's own thread; must not block. */
@FunctionalInterface
public interface CancelListener {
    /**
     * Somebody asked to cancel what the session of this server process runs.
     *
     * @param backendPid of the session
     * @param keyDigestSha256 32 bytes, to be compared in constant time with the digest of the session's own key
     */
    void cancel(int backendPid, byte[] keyDigestSha256);
}
