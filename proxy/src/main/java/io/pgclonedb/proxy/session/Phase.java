package io.pgclonedb.proxy.session;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.proxy.error.PgException;

/**
 * What a session is doing. {@link StartupPhase} → {@link AuthenticationPhase} → {@link RelayPhase} → {@link EndedPhase};
 * a cancel request goes from the first straight to {@link CancelPhase}. All methods run on the session's event loop.
 */
sealed interface Phase permits StartupPhase, CancelPhase, AuthenticationPhase, RelayPhase, EndedPhase {
    /** Bytes of the client; takes over the reference. */
    void clientBytes(ByteBuf in);

    /** The client's socket has nothing more to read for now. */
    default void clientReadComplete() {}

    /** Bytes of the server; takes over the reference. */
    default void backendBytes(ByteBuf in) {
        in.release();
    }

    /** The server's socket has nothing more to read for now. */
    default void backendReadComplete() {}

    /** The client has gone. */
    default void clientClosed() {}

    /** The server has gone. */
    default void backendClosed() {}

    /** One of the sockets takes bytes again, or takes no more. */
    default void writabilityChanged() {}

    /** The proxy shuts down: ends the session now, or when its running call has ended. */
    void endWhenIdle(PgException farewell);

    /** Whether an error may be written to the client now: not between the pieces of a frame. */
    default boolean mayTellClient() {
        return true;
    }

    /** Called once, when another phase follows. */
    default void left() {}
}
