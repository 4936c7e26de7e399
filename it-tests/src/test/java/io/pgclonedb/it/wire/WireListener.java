package io.pgclonedb.it.wire;

/** Hears what a {@link RawClient} sends and receives, on the thread that uses the client. */
public interface WireListener {
    /** Hears nothing. */
    WireListener NONE = new WireListener() {};

    /** Bytes of one call of {@link RawClient#send}. */
    default void sent(byte[] bytes) {}

    default void received(Message message) {}

    /** The other side closed the connection. */
    default void ended() {}
}
