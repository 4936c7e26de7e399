package io.pgclonedb.proxy.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.Message;
import io.pgclonedb.protocol.backend.BackendMessage;
import io.pgclonedb.protocol.backend.ParameterStatus;
import io.pgclonedb.protocol.backend.TransactionStatus;
import io.pgclonedb.protocol.frontend.FrontendMessage;
import io.pgclonedb.protocol.frontend.Query;
import io.pgclonedb.proxy.relay.BackendState;
import io.pgclonedb.proxy.relay.FrameVisitor.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Both sides of a session: the test says what client and server send, whole frames only, and sees what each gets. */
final class ScriptedWire implements Wire {
    private static final Pattern NONCE = Pattern.compile("'([0-9a-f]{32})'");

    final BackendState state = new BackendState();
    final ScriptedCalls calls = new ScriptedCalls();
    final List<String> refusals = new ArrayList<>();
    final Interceptor interceptor;
    private final List<ByteBuf> owned = new ArrayList<>();
    private final Deque<ByteBuf> clientFrames = new ArrayDeque<>();
    private final Deque<ByteBuf> serverFrames = new ArrayDeque<>();
    private final Deque<Runnable> steps = new ArrayDeque<>();
    private final List<String> server = new ArrayList<>();
    private final List<String> client = new ArrayList<>();
    private final ByteArrayOutputStream serverBytes = new ByteArrayOutputStream();
    private boolean clientHeld;
    private boolean serverHeld;
    private boolean working;
    private boolean showsQueries;
    private int unflushedToServer;
    int callsEnded;

    ScriptedWire(TransactionStatus status) {
        this(status, false);
    }

    ScriptedWire(TransactionStatus status, boolean replication) {
        state.ready(status);
        Interception interception = new Interception(calls, refusals::add);
        Caller caller = new Caller("myapp_db_admin", "postgres", 4711, "192.0.2.1");
        interceptor =
                replication ? interception.ofReplication(this, state, caller) : interception.of(this, state, caller);
    }

    /** The text of every Query is shown from now on. */
    ScriptedWire showingQueries() {
        showsQueries = true;
        return this;
    }

    /** The client sends these. */
    ScriptedWire client(FrontendMessage... messages) {
        for (FrontendMessage message : messages) {
            clientFrames.add(frame(message));
        }
        work();
        return this;
    }

    /** The server sends these. */
    ScriptedWire server(BackendMessage... messages) {
        for (BackendMessage message : messages) {
            serverFrames.add(frame(message));
        }
        work();
        return this;
    }

    /** A call ends, or says something, and the event loop hears of it. */
    ScriptedWire run(Runnable step) {
        step.run();
        work();
        return this;
    }

    ScriptedWire setting(String name, String value) {
        return server(new ParameterStatus(CString.ofAscii(name), CString.ofAscii(value)))
                .toldClient("S");
    }

    /** What the server has got since it was last asked, all of it flushed. */
    ScriptedWire toldServer(String... frames) {
        assertThat(server).as("to the server").containsExactly(frames);
        assertThat(unflushedToServer).as("not flushed to the server").isZero();
        server.clear();
        return this;
    }

    /** What the client has got since it was last asked. */
    ScriptedWire toldClient(String... frames) {
        assertThat(client).as("to the client").containsExactly(frames);
        client.clear();
        return this;
    }

    /** What the client has got since it was last asked, to be looked at. */
    List<String> toldClientSoFar() {
        return List.copyOf(client);
    }

    /** Everything the server ever got. */
    String allToServer() {
        return serverBytes.toString(StandardCharsets.UTF_8);
    }

    /** The latest nonce that the server got. */
    String nonce() {
        String nonce = "";
        Matcher matcher = NONCE.matcher(allToServer());
        while (matcher.find()) {
            nonce = matcher.group(1);
        }
        assertThat(nonce).isNotEmpty();
        return nonce;
    }

    boolean clientHeld() {
        return clientHeld;
    }

    boolean serverHeld() {
        return serverHeld;
    }

    /** Nothing may be held or due at the end of a test. */
    void close() {
        clientFrames.forEach(ByteBuf::release);
        serverFrames.forEach(ByteBuf::release);
        assertThat(owned).allSatisfy(frame -> assertThat(frame.refCnt()).isZero());
    }

    private ByteBuf frame(Message message) {
        ByteBuf frame = Unpooled.buffer();
        message.encode(frame);
        owned.add(frame);
        return frame;
    }

    private void work() {
        if (working) {
            return;
        }
        working = true;
        boolean worked = true;
        while (worked) {
            if (!steps.isEmpty()) {
                steps.poll().run();
            } else if (!clientHeld && !clientFrames.isEmpty()) {
                fromClient(clientFrames.poll());
            } else if (!serverHeld && !serverFrames.isEmpty()) {
                ByteBuf frame = serverFrames.poll();
                fromServer(frame.getByte(frame.readerIndex()), frame);
                interceptor.afterReplies();
            } else {
                worked = false;
            }
        }
        working = false;
        unflushedToServer = clientHeld ? unflushedToServer : 0;
    }

    private void fromClient(ByteBuf frame) {
        byte type = frame.getByte(frame.readerIndex());
        if (!interceptor.looksInto(type)
                || interceptor.passes(type, frame, frame.readerIndex(), frame.readableBytes())) {
            state.replies().sent(type);
            passToServer(frame);
        } else {
            takenFromClient(type, frame);
        }
    }

    private void takenFromClient(byte type, ByteBuf frame) {
        boolean kept = false;
        try {
            kept = interceptor.take(type, frame) == Outcome.HOLD;
        } finally {
            if (kept) {
                clientHeld = true;
                clientFrames.addFirst(frame);
            } else {
                frame.release();
            }
        }
    }

    private void fromServer(byte type, ByteBuf frame) {
        state.replies().received(type);
        boolean seen = interceptor.flowLooksInto(type);
        if (type == FrameType.BACKEND_PARAMETER_STATUS) {
            state.reported(ParameterStatus.decode(Frames.payload(frame)));
        }
        if (type == FrameType.BACKEND_READY_FOR_QUERY) {
            state.ready(TransactionStatus.of(frame.getByte(frame.readerIndex() + Frames.HEADER)));
            interceptor.ready(state.transactionStatus());
        }
        boolean anyTime = type == FrameType.BACKEND_PARAMETER_STATUS || type == FrameType.BACKEND_NOTIFICATION_RESPONSE;
        if (seen && !anyTime) {
            interceptor.reply(type, frame);
            frame.release();
        } else {
            toClient(frame);
        }
    }

    @Override
    public void toBackend(FrontendMessage message) {
        toBackend(message.type(), frame(message));
    }

    @Override
    public void toBackend(byte type, ByteBuf frame) {
        assertThat(frame.getByte(frame.readerIndex())).isEqualTo(type);
        state.replies().sent(type);
        passToServer(frame);
    }

    private void passToServer(ByteBuf frame) {
        serverBytes.writeBytes(ByteBufUtil.getBytes(frame));
        boolean text = showsQueries && frame.getByte(frame.readerIndex()) == FrameType.FRONTEND_QUERY;
        server.add(Transcript.ofFrontend(frame)
                + (text ? " " + Query.decode(Frames.payload(frame)).text().latin1() : ""));
        unflushedToServer++;
        frame.release();
    }

    @Override
    public void flushBackend() {
        unflushedToServer = 0;
    }

    @Override
    public void toClient(BackendMessage message) {
        toClient(frame(message));
    }

    @Override
    public void toClient(ByteBuf frame) {
        client.add(Transcript.ofBackend(frame));
        frame.release();
    }

    @Override
    public void flushClient() {}

    @Override
    public void holdClient() {
        clientHeld = true;
    }

    @Override
    public void resumeClient() {
        clientHeld = false;
        work();
    }

    @Override
    public void holdBackend() {
        serverHeld = true;
    }

    @Override
    public void resumeBackend() {
        serverHeld = false;
        work();
    }

    @Override
    public Executor eventLoop() {
        return steps::add;
    }

    @Override
    public void callEnded() {
        callsEnded++;
    }
}
