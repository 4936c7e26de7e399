package io.pgclonedb.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.pgclonedb.protocol.Message;
import io.pgclonedb.protocol.Value;
import io.pgclonedb.protocol.backend.BackendMessage;
import io.pgclonedb.protocol.frontend.FrontendMessage;
import io.pgclonedb.protocol.startup.CancelRequest;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.intercept.Caller;
import io.pgclonedb.proxy.intercept.Interception;
import io.pgclonedb.proxy.intercept.Interceptor;
import io.pgclonedb.proxy.intercept.Wire;
import io.pgclonedb.proxy.operation.CancelReason;
import io.pgclonedb.proxy.relay.BackendState;
import io.pgclonedb.proxy.relay.FrameWalker;
import io.pgclonedb.proxy.session.SessionObserver.Direction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Passes bytes on between a client and a server that know each other. Each side is read as long as the other takes bytes;
 * frames that may have to do with a call go to the {@link Interceptor}.
 */
final class RelayPhase implements Phase, Wire {
    /** How much a side may send ahead while the other has to wait for a call. */
    private static final int LONGEST_BACKLOG = 256 * 1024;

    private static final int NAME_LENGTH = 63;

    private final Session session;
    private final Channel client;
    private final Channel backend;
    private final BackendState state;
    private final AuthenticationPhase.Login login;
    private final @Nullable Interceptor interceptor;
    private final ClientFrames clientVisitor;
    private final BackendFrames backendVisitor;
    private final FrameWalker clientFrames;
    private final FrameWalker backendFrames;
    private final Executor eventLoop;
    private final OwnFrames toClient;
    private final OwnFrames toBackend;

    private @Nullable PgException farewell;
    private boolean backendGone;

    RelayPhase(
            Session session,
            Channel backend,
            AuthenticationPhase.Login login,
            BackendState state,
            boolean replication) {
        this.session = session;
        this.client = session.client();
        this.backend = backend;
        this.state = state;
        this.login = login;
        this.eventLoop = step -> client.eventLoop().execute(() -> session.whileIn(this, step));
        this.interceptor = interceptor(replication);
        this.clientVisitor = new ClientFrames(state.replies(), interceptor, backend);
        this.backendVisitor = new BackendFrames(state, interceptor, client);
        this.clientFrames = new FrameWalker(clientVisitor, client.alloc());
        this.backendFrames = new FrameWalker(backendVisitor, client.alloc());
        this.toClient = new OwnFrames(client, backendFrames::insideFrame);
        this.toBackend = new OwnFrames(backend, clientFrames::insideFrame);
    }

    private @Nullable Interceptor interceptor(boolean replication) {
        Interception interception = session.environment().interception();
        if (interception == null) {
            return null;
        }
        Caller caller = new Caller(
                new String(login.role().bytes(), StandardCharsets.UTF_8),
                // The server cuts a longer name off there.
                new String(login.database().truncated(NAME_LENGTH).bytes(), StandardCharsets.UTF_8),
                session.backendPid(),
                session.clientAddress().getHostAddress());
        return replication ? interception.ofReplication(this, state, caller) : interception.of(this, state, caller);
    }

    @Override
    public void clientBytes(ByteBuf in) {
        int bytes = in.readableBytes();
        long before = clientFrames.frames();
        clientFrames.read(in);
        toBackend.writeLate();
        session.environment().observer().relayed(Direction.TO_SERVER, bytes, clientFrames.frames() - before);
    }

    @Override
    public void clientReadComplete() {
        backend.flush();
        updateReads();
    }

    @Override
    public void backendBytes(ByteBuf in) {
        int bytes = in.readableBytes();
        long before = backendFrames.frames();
        backendFrames.read(in);
        toClient.writeLate();
        session.environment().observer().relayed(Direction.TO_CLIENT, bytes, backendFrames.frames() - before);
        if (interceptor != null) {
            interceptor.afterReplies();
        }
        endIfAnswered();
    }

    @Override
    public void backendReadComplete() {
        client.flush();
        updateReads();
    }

    @Override
    public void writabilityChanged() {
        updateReads();
    }

    private void updateReads() {
        setAutoRead(client, backend.isWritable() && clientFrames.waiting() < LONGEST_BACKLOG);
        setAutoRead(backend, client.isWritable() && backendFrames.waiting() < LONGEST_BACKLOG);
    }

    private static void setAutoRead(Channel channel, boolean autoRead) {
        if (channel.config().isAutoRead() != autoRead) {
            channel.config().setAutoRead(autoRead);
        }
    }

    @Override
    public void clientClosed() {
        if (interceptor != null) {
            interceptor.cancel(CancelReason.SESSION_ENDED);
        }
    }

    @Override
    public void backendClosed() {
        backendGone = true;
        if (!cancelCall(CancelReason.SESSION_ENDED)) {
            endAfterBackend();
        }
    }

    private void endAfterBackend() {
        if (clientVisitor.terminated() || backendVisitor.failedLast() || !mayTellClient()) {
            session.close();
        } else {
            session.fatal(Refusals.lost());
        }
    }

    @Override
    public void endWhenIdle(PgException reason) {
        if (interceptor != null && interceptor.callRuns()) {
            farewell = reason;
        } else {
            session.fatal(reason);
        }
    }

    /** A session that is to end gives the answer of its call in full first, the ReadyForQuery included. */
    private void endIfAnswered() {
        PgException reason = farewell;
        if (reason != null
                && interceptor != null
                && !interceptor.callRuns()
                && !interceptor.flowRuns()
                && state.replies().drained()
                && backendVisitor.betweenQueries()) {
            farewell = null;
            session.fatal(reason);
        }
    }

    @Override
    public boolean mayTellClient() {
        return !backendFrames.insideFrame();
    }

    @Override
    public void left() {
        cancelCall(CancelReason.SESSION_ENDED);
        clientFrames.release();
        backendFrames.release();
        toClient.release();
        toBackend.release();
    }

    /** Asks the running call to end; false when none runs. */
    boolean cancelCall(CancelReason reason) {
        return interceptor != null && interceptor.cancel(reason);
    }

    /** Serves a cancel request that came to another proxy; does nothing when the key was not this session's. */
    void cancel(byte[] keyDigest) {
        Value key = login.cancelKey();
        if (!key.isNull() && MessageDigest.isEqual(CancelKeys.digest(key), keyDigest)) {
            cancelCall(CancelReason.USER_REQUEST);
        }
    }

    /** Serves a cancel request that names this session's process; false when it is the server's to serve. */
    boolean cancel(CancelRequest request) {
        return request.matches(session.backendPid(), login.cancelKey()) && cancelCall(CancelReason.USER_REQUEST);
    }

    @Override
    public void toBackend(FrontendMessage message) {
        toBackend(message.type(), encoded(message));
    }

    @Override
    public void toBackend(byte type, ByteBuf frame) {
        state.replies().sent(type);
        toBackend.write(frame);
    }

    @Override
    public void flushBackend() {
        backend.flush();
    }

    @Override
    public void toClient(BackendMessage message) {
        toClient(encoded(message));
    }

    @Override
    public void toClient(ByteBuf frame) {
        toClient.write(frame);
    }

    private ByteBuf encoded(Message message) {
        ByteBuf frame = client.alloc().buffer();
        message.encode(frame);
        return frame;
    }

    @Override
    public void flushClient() {
        client.flush();
    }

    @Override
    public void holdClient() {
        clientFrames.pause();
    }

    @Override
    public void resumeClient() {
        clientFrames.resume();
        backend.flush();
        updateReads();
    }

    @Override
    public void holdBackend() {
        backendFrames.pause();
    }

    @Override
    public void resumeBackend() {
        backendFrames.resume();
        if (interceptor != null) {
            interceptor.afterReplies();
        }
        client.flush();
        updateReads();
        endIfAnswered();
    }

    @Override
    public Executor eventLoop() {
        return eventLoop;
    }

    @Override
    public void callEnded() {
        client.flush();
        if (interceptor != null && interceptor.callRuns()) {
            return;
        }
        if (backendGone) {
            endAfterBackend();
        } else {
            endIfAnswered();
        }
    }
}
