package io.pgclonedb.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.ProtocolException;
import io.pgclonedb.protocol.Value;
import io.pgclonedb.protocol.backend.AuthenticationRequest;
import io.pgclonedb.protocol.backend.BackendKeyData;
import io.pgclonedb.protocol.backend.ParameterStatus;
import io.pgclonedb.protocol.backend.ReadyForQuery;
import io.pgclonedb.protocol.startup.StartupMessage;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.relay.BackendState;
import io.pgclonedb.proxy.relay.FrameWalker;
import org.jspecify.annotations.Nullable;

/**
 * Relays the exchange in which the server authenticates the client, up to the first ReadyForQuery (PostgreSQL
 * documentation, "Message Flow", "Start-up"). The proxy keeps no password: it only sees to it that the client sends
 * nothing but answers, and each only when the server has asked.
 */
final class AuthenticationPhase implements Phase {
    /** As in the server: PG_MAX_AUTH_TOKEN_LENGTH. */
    private static final int MAX_AUTHENTICATION_TOKEN = 65_535;

    private static final int MAX_BACKEND_FRAME = 1024 * 1024;

    private final Session session;
    private final StartupMessage startup;
    private final BackendState state = new BackendState();
    private final FrameWalker clientFrames;
    private final FrameWalker backendFrames;

    private @Nullable Channel backend;
    private boolean answerAwaited;
    private boolean challenged;
    private boolean sasl;
    private boolean authenticated;
    private boolean ready;
    private boolean failed;
    private @Nullable CString identity;
    private @Nullable BackendKeyData key;

    AuthenticationPhase(Session session, StartupMessage startup) {
        this.session = session;
        this.startup = startup;
        clientFrames = new FrameWalker(new Answers(), session.client().alloc());
        backendFrames = new FrameWalker(new Requests(), session.client().alloc());
    }

    void begin() {
        session.connectBackend(this::connected, () -> session.fatal(Refusals.unreachable(session)));
    }

    private void connected(Channel channel) {
        backend = channel;
        ByteBuf packet = channel.alloc().buffer();
        startup.encode(packet);
        channel.writeAndFlush(packet);
    }

    @Override
    public void clientBytes(ByteBuf in) {
        clientFrames.read(in);
    }

    @Override
    public void clientReadComplete() {
        if (backend != null) {
            backend.flush();
        }
    }

    @Override
    public void backendBytes(ByteBuf in) {
        backendFrames.read(in);
        if (ready) {
            begin(new RelayPhase(
                    session,
                    backend(),
                    login(),
                    state,
                    startup.get("replication").isPresent()));
        }
    }

    /** What came behind the first ReadyForQuery, and what the client sent early, belongs to the next phase. */
    private void begin(RelayPhase next) {
        session.client().flush();
        session.loggedIn();
        session.become(next);
        try {
            backendFrames.handOver(next::backendBytes);
            clientFrames.handOver(next::clientBytes);
        } finally {
            release();
        }
        next.clientReadComplete();
    }

    private Login login() {
        if (identity == null) {
            throw new IllegalStateException("the server's first ReadyForQuery was let through without an identity");
        }
        return new Login(identity, startup.database(), key);
    }

    private Channel backend() {
        if (backend == null) {
            throw new IllegalStateException("bytes of a server that is not connected");
        }
        return backend;
    }

    @Override
    public void backendReadComplete() {
        session.client().flush();
    }

    @Override
    public void backendClosed() {
        if (failed) {
            session.close();
        } else {
            session.fatal(Refusals.unreachable(session));
        }
    }

    @Override
    public void endWhenIdle(PgException farewell) {
        session.fatal(farewell);
    }

    @Override
    public void left() {
        // What the next phase is to read is handed over to it first.
        if (!(session.phase() instanceof RelayPhase)) {
            release();
        }
    }

    private void release() {
        clientFrames.release();
        backendFrames.release();
    }

    /** The client's frames: an answer when one was asked for, and nothing else. */
    private final class Answers extends WholeFrames {
        Answers() {
            super(MAX_AUTHENTICATION_TOKEN + 1);
        }

        @Override
        void begins(byte type) {
            if (!answerAwaited || type != FrameType.FRONTEND_PASSWORD_MESSAGE) {
                throw new ProtocolException("expected " + (sasl ? "SASL" : "password") + " response, got message type "
                        + Byte.toUnsignedInt(type));
            }
        }

        @Override
        void seen(byte type, ByteBuf payload) {
            answerAwaited = false;
        }

        @Override
        public void write(ByteBuf bytes) {
            backend().write(bytes);
        }
    }

    /** The server's frames: all of them pass, and all are read. */
    private final class Requests extends WholeFrames {
        Requests() {
            super(MAX_BACKEND_FRAME);
        }

        @Override
        void begins(byte type) {}

        @Override
        void seen(byte type, ByteBuf payload) {
            switch (type) {
                case FrameType.BACKEND_AUTHENTICATION -> asked(AuthenticationRequest.decode(payload));
                case FrameType.BACKEND_PARAMETER_STATUS -> reported(ParameterStatus.decode(payload));
                case FrameType.BACKEND_BACKEND_KEY_DATA -> {
                    key = BackendKeyData.decode(payload);
                    session.registerBackend(key.processId());
                }
                case FrameType.BACKEND_READY_FOR_QUERY -> ready(ReadyForQuery.decode(payload));
                case FrameType.BACKEND_ERROR_RESPONSE -> {
                    failed = true;
                    if (!authenticated) {
                        session.environment().observer().authenticationFailed();
                    }
                }
                case FrameType.BACKEND_NOTICE_RESPONSE, FrameType.BACKEND_NEGOTIATE_PROTOCOL_VERSION -> {}
                default ->
                    throw new ProtocolException("unexpected message type " + Byte.toUnsignedInt(type)
                            + " of the server during authentication");
            }
        }

        private void ready(ReadyForQuery readyForQuery) {
            if (!authenticated) {
                throw new ProtocolException("the server was ready before it had authenticated the client");
            }
            if (identity == null) {
                throw new ProtocolException("the server did not report who is logged in to this session");
            }
            state.ready(readyForQuery.status());
            ready = true;
            backendFrames.pause();
        }

        private void asked(AuthenticationRequest request) {
            if (authenticated) {
                throw new ProtocolException("the server authenticated the client twice");
            }
            if (!request.isOk()) {
                challenged = true;
                sasl = request.code() == AuthenticationRequest.SASL
                        || request.code() == AuthenticationRequest.SASL_CONTINUE;
                answerAwaited = request.code() != AuthenticationRequest.SASL_FINAL;
                return;
            }
            if (!challenged && !session.environment().admission().allowTrust()) {
                session.environment().observer().authenticationFailed();
                throw Refusals.trusted();
            }
            authenticated = true;
            answerAwaited = false;
            clientFrames.pause();
        }

        private void reported(ParameterStatus status) {
            state.reported(status);
            if (identity == null && status.name().equals(CString.ofAscii("session_authorization"))) {
                identity = status.value();
            }
        }

        @Override
        public void write(ByteBuf bytes) {
            session.client().write(bytes);
        }
    }

    /**
     * Who has logged in.
     *
     * @param role the first {@code session_authorization} that the server reported: what {@code SET SESSION AUTHORIZATION}
     *     says later does not change who calls
     * @param key null when the server sends none, as on some replication connections
     */
    record Login(CString role, CString database, @Nullable BackendKeyData key) {
        Value cancelKey() {
            return key == null ? Value.NULL : key.key();
        }
    }
}
