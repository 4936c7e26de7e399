package io.pgclonedb.proxy.intercept;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.ProtocolException;
import io.pgclonedb.protocol.backend.TransactionStatus;
import io.pgclonedb.protocol.frontend.Bind;
import io.pgclonedb.protocol.frontend.Close;
import io.pgclonedb.protocol.frontend.Describe;
import io.pgclonedb.protocol.frontend.Execute;
import io.pgclonedb.protocol.frontend.FrontendMessage;
import io.pgclonedb.protocol.frontend.Parse;
import io.pgclonedb.protocol.frontend.Query;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import io.pgclonedb.proxy.operation.CancelReason;
import io.pgclonedb.proxy.relay.BackendState;
import io.pgclonedb.proxy.relay.FrameVisitor.Outcome;
import io.pgclonedb.proxy.relay.FrameVisitor.Overflow;
import io.pgclonedb.proxy.relay.ReplyQueue;
import io.pgclonedb.proxy.sql.CallSearch;
import io.pgclonedb.proxy.sql.Plan;
import io.pgclonedb.proxy.sql.ServedStatement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the client's frames that may have to do with a call and starts the {@link Flow} that serves it. A frame is only
 * judged when everything before it has been answered, for what it means depends on that. Belongs to the session's event
 * loop.
 */
public final class Interceptor {
    private final Flow.Context context;
    private final CallTexts texts;
    private final ReplyQueue replies;
    private final LongFrames longFrames;
    private @Nullable Flow flow;
    private boolean awaitingReplies;

    /** @param serves false where every call is to be refused, as on a replication connection */
    Interceptor(Wire wire, BackendState state, CallRunner calls, RefusalObserver refusals, boolean serves) {
        this.context = new Flow.Context(wire, state, new CarrierStatements(), calls, refusals, this::flowDone);
        this.texts = new CallTexts(state, context.statements(), serves);
        this.longFrames = new LongFrames(context.statements());
        this.replies = state.replies();
    }

    /** Whether a frame of the client must be seen whole. */
    public boolean looksInto(byte type) {
        if (flow != null) {
            // The client is only heard in the middle of a flow while it sends the data of a COPY.
            return type != FrameType.FRONTEND_COPY_DATA && type != FrameType.FRONTEND_TERMINATE;
        }
        return switch (type) {
            case FrameType.FRONTEND_QUERY, FrameType.FRONTEND_PARSE -> true;
            case FrameType.FRONTEND_BIND,
                    FrameType.FRONTEND_DESCRIBE,
                    FrameType.FRONTEND_EXECUTE,
                    FrameType.FRONTEND_CLOSE -> !context.statements().isEmpty();
            default -> false;
        };
    }

    /** Whether a whole frame of the client has nothing to do with calls. */
    public boolean passes(byte type, ByteBuf buffer, int at, int size) {
        if (flow != null) {
            return false;
        }
        if (type == FrameType.FRONTEND_QUERY || type == FrameType.FRONTEND_PARSE) {
            return !CallSearch.found(buffer, at + Frames.HEADER, size - Frames.HEADER)
                    && context.statements().isEmpty();
        }
        return !context.statements().concerns(type, buffer.slice(at + Frames.HEADER, size - Frames.HEADER));
    }

    /** How much of a frame is collected before {@link #overflow} is asked. */
    public int collectedFirst(byte type) {
        return LongFrames.collectedFirst(type);
    }

    /** How much of a frame is collected at the most. */
    public int longestCollected() {
        return LongFrames.LONGEST_TEXT;
    }

    /** What to do with a frame that is longer than what was collected. */
    public Overflow overflow(byte type, ByteBuf prefix) {
        return longFrames.overflow(type, prefix);
    }

    /** Searches a piece of a long text before it is passed on. */
    public void observe(ByteBuf buffer, int at, int size) {
        longFrames.observe(buffer, at, size);
    }

    /** Takes a frame of the client that does not pass. */
    public Outcome take(byte type, ByteBuf frame) {
        if (!replies.inStep()) {
            throw PgException.fatal(
                    SqlState.PROTOCOL_VIOLATION,
                    "the server's answers do not fit what was sent, so no call can be served");
        }
        if (flow != null && !replies.copyIn()) {
            context.wire().holdClient();
            return Outcome.HOLD;
        }
        if (type == FrameType.FRONTEND_COPY_DONE || type == FrameType.FRONTEND_COPY_FAIL) {
            context.wire().holdClient();
            context.wire().toBackend(type, frame.retainedSlice());
            context.wire().flushBackend();
            return Outcome.TAKEN;
        }
        if (replies.copyIn()) {
            // COPY fails on it, whatever it says; what it says stays here.
            context.wire().toBackend(type, Frames.empty(type));
            context.wire().flushBackend();
            return Outcome.TAKEN;
        }
        if (!replies.drained()) {
            awaitReplies();
            return Outcome.HOLD;
        }
        if (replies.skipping()) {
            return Outcome.TAKEN;
        }
        try {
            serve(type, frame);
        } catch (ProtocolException malformed) {
            // The server refuses such a message and goes on; it is not asked, for who knows how it would read it.
            PgException error = PgException.error(malformed.sqlState(), malformed.text());
            refuse(new Plan.Refused(error), type == FrameType.FRONTEND_QUERY);
        }
        return Outcome.TAKEN;
    }

    private void serve(byte type, ByteBuf frame) {
        switch (type) {
            case FrameType.FRONTEND_QUERY -> query(frame);
            case FrameType.FRONTEND_PARSE -> parse(frame);
            case FrameType.FRONTEND_BIND -> bind(frame);
            case FrameType.FRONTEND_DESCRIBE -> describe(frame);
            case FrameType.FRONTEND_EXECUTE -> execute(frame);
            case FrameType.FRONTEND_CLOSE -> close(frame);
            default -> throw new IllegalStateException("nothing is done about frames of type " + type);
        }
    }

    private void awaitReplies() {
        if (!awaitingReplies) {
            awaitingReplies = true;
            context.wire().toBackend(new FrontendMessage.Flush());
            context.wire().flushBackend();
        }
        context.wire().holdClient();
    }

    /** Answers of the server have been passed on: a frame that waited for them may be judged now. */
    public void afterReplies() {
        if (awaitingReplies && flow == null && (replies.drained() || replies.copyIn())) {
            awaitingReplies = false;
            context.wire().resumeClient();
        }
    }

    private void query(ByteBuf frame) {
        Query query = Query.decode(Frames.payload(frame));
        Plan plan = texts.plan(query.text(), false, List.of());
        if (plan instanceof Plan.Served served) {
            start(new SimpleQueryFlow(context, served.statement()));
        } else if (plan instanceof Plan.Several several) {
            start(new ScriptFlow(context, texts, several));
        } else if (plan instanceof Plan.Refused refused) {
            refuse(refused, true);
        } else {
            context.statements().forgetUnnamed();
            context.wire().toBackend(FrameType.FRONTEND_QUERY, frame.retainedSlice());
        }
    }

    private void parse(ByteBuf frame) {
        Parse parse = Parse.decode(Frames.payload(frame));
        Plan plan = texts.plan(parse.text(), true, parse.parameterTypes());
        if (plan instanceof Plan.Served served) {
            start(new ParseFlow(context, parse, served.statement()));
        } else if (plan instanceof Plan.Refused refused) {
            // The grammar is read as the unnamed statement, which has to stay when another is parsed.
            refuse(parse.statement().isEmpty() ? refused : new Plan.Refused(refused.error()), false);
        } else if (context.statements().statement(parse.statement()) != null) {
            start(new ParseFlow(context, parse, null));
        } else {
            context.wire().toBackend(FrameType.FRONTEND_PARSE, frame.retainedSlice());
        }
    }

    private void bind(ByteBuf frame) {
        Bind bind = Bind.decode(Frames.payload(frame));
        ServedStatement statement = context.statements().statement(bind.statement());
        if (statement != null) {
            start(new BindFlow(context, statement, bind));
        } else {
            context.statements().boundOrdinary(bind.portal());
            context.wire().toBackend(FrameType.FRONTEND_BIND, frame.retainedSlice());
        }
    }

    private void describe(ByteBuf frame) {
        Describe describe = Describe.decode(Frames.payload(frame));
        Optional.ofNullable(context.statements().statement(describe.name()))
                .ifPresent(statement -> start(new DescribeFlow(context, statement, describe)));
    }

    private void execute(ByteBuf frame) {
        Execute execute = Execute.decode(Frames.payload(frame));
        start(new ExecuteFlow(context, context.statements().portal(execute.portal()), execute));
    }

    private void close(ByteBuf frame) {
        Close close = Close.decode(Frames.payload(frame));
        if (close.isStatement()) {
            context.statements().forgetStatement(close.name());
        } else {
            context.statements().forgetPortal(close.name());
        }
        context.wire().toBackend(FrameType.FRONTEND_CLOSE, frame.retainedSlice());
    }

    private void refuse(Plan.Refused refused, boolean simpleQuery) {
        start(new RefusalFlow(context, refused, simpleQuery));
    }

    private void start(Flow next) {
        context.wire().holdClient();
        flow = next;
        next.begin();
    }

    private void flowDone() {
        flow = null;
        context.wire().resumeClient();
    }

    /** Whether the server's answers belong to a flow. */
    public boolean flowRuns() {
        return flow != null;
    }

    /** Whether the running flow must see an answer of this type whole. */
    public boolean flowLooksInto(byte type) {
        return flow != null && flow.looksInto(type);
    }

    /** Gives an answer of the server to the running flow. */
    public void reply(byte type, ByteBuf frame) {
        if (flow != null) {
            flow.reply(type, frame);
        }
    }

    /** A ReadyForQuery has come. */
    public void ready(TransactionStatus status) {
        if (status == TransactionStatus.IDLE) {
            context.statements().transactionEnded();
        }
    }

    /** Whether a call runs now. */
    public boolean callRuns() {
        return context.calls().isRunning();
    }

    /** Asks the running call to end; false when none runs. */
    public boolean cancel(CancelReason reason) {
        return context.calls().cancel(reason);
    }
}
