package io.pgclonedb.proxy.intercept;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.backend.BackendMessage;
import io.pgclonedb.protocol.frontend.FrontendMessage;
import java.util.concurrent.Executor;

/** What the interception may do with the two sides of a session. Only on the session's event loop. */
public interface Wire {
    /** Writes a message to the server, without flush, and notes that an answer is due. */
    void toBackend(FrontendMessage message);

    /**
     * Writes a whole frame to the server, without flush, and notes that an answer is due; takes over the reference.
     *
     * @param type its first byte
     */
    void toBackend(byte type, ByteBuf frame);

    /** Sends what was written to the server. */
    void flushBackend();

    /** Writes a message to the client, without flush. */
    void toClient(BackendMessage message);

    /** Writes a whole frame to the client, without flush; takes over the reference. */
    void toClient(ByteBuf frame);

    /** Sends what was written to the client. */
    void flushClient();

    /** Takes no more frames of the client until {@link #resumeClient}. */
    void holdClient();

    /** Goes on with the client's frames. */
    void resumeClient();

    /** Takes no more frames of the server until {@link #resumeBackend}. */
    void holdBackend();

    /** Goes on with the server's frames. */
    void resumeBackend();

    /** Runs a step on the session's event loop; any thread. Nothing runs once the session has ended. */
    Executor eventLoop();

    /** A call has ended, however it did. */
    void callEnded();
}
