package io.pgclonedb.proxy.session;

/** Hears what sessions do, to count it. Called on event loops: must neither block nor throw. */
public interface SessionObserver {
    /** Where bytes and messages go. */
    enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    /** A connection was accepted. */
    void accepted();

    /** It has logged in. */
    void authenticated();

    /**
     * It has ended.
     *
     * @param wasAuthenticated whether {@link #authenticated} had been called for it
     */
    void closed(boolean wasAuthenticated);

    /** The server or the proxy refused a login. */
    void authenticationFailed();

    /** One read was passed on. */
    void relayed(Direction direction, long bytes, long messages);
}
