package io.pgclonedb.proxy.intercept;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.Value;
import io.pgclonedb.protocol.backend.CommandComplete;
import io.pgclonedb.protocol.backend.ErrorResponse;
import io.pgclonedb.protocol.backend.NoticeResponse;
import io.pgclonedb.protocol.frontend.Bind;
import io.pgclonedb.protocol.frontend.Close;
import io.pgclonedb.protocol.frontend.Describe;
import io.pgclonedb.protocol.frontend.Execute;
import io.pgclonedb.protocol.frontend.FrontendMessage;
import io.pgclonedb.protocol.frontend.Parse;
import io.pgclonedb.proxy.sql.ServedStatement;
import java.nio.charset.Charset;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Query with calls, run as Parse, Bind, Describe and Execute so that the calls run before the Sync: the session shows as
 * active meanwhile, and when a call fails, what the rest of the statement did is undone.
 */
final class SimpleQueryFlow implements Flow {
    private enum Step {
        PARSING,
        READING,
        RUNNING,
        /** After a failure: a first ReadyForQuery comes before the statement is closed. */
        SYNCING,
        CLOSING
    }

    private static final Bind NO_VALUES = new Bind(CString.EMPTY, CString.EMPTY, List.of(), List.of(), List.of());

    private final Context context;
    private final CarrierRows rows;
    private final boolean acts;
    private ServedStatement statement;
    private Step step = Step.PARSING;
    private final BackendFailure failure;
    private @Nullable CommandComplete completed;

    SimpleQueryFlow(Context context, ServedStatement statement) {
        this.context = context;
        this.statement = statement;
        this.acts = !statement.actingCalls().isEmpty();
        this.failure = new BackendFailure(context, this::closeAfterError);
        this.rows = new CarrierRows(context, new CarrierStatements.Portal(statement, NO_VALUES), failure::begin);
    }

    @Override
    public void begin() {
        context.statements().forgetUnnamed();
        if (statement.needsAnswersFirst()) {
            step = Step.READING;
            read(this::parse);
        } else {
            parse(statement);
        }
    }

    private void parse(ServedStatement parsed) {
        statement = parsed;
        step = Step.PARSING;
        context.wire().toBackend(new Parse(CString.EMPTY, CString.of(parsed.sql()), List.of()));
        flush();
    }

    /** The answers go into the text itself. */
    private void read(Consumer<ServedStatement> answered) {
        Charset charset = Encodings.charset(context.state());
        new ReadingCalls(
                        context,
                        statement,
                        NO_VALUES,
                        values -> answered.accept(statement.withAnswers(
                                values.stream()
                                        .map(value -> new String(value.bytes(), charset))
                                        .toList(),
                                charset)),
                        failure::begin)
                .run();
    }

    /** The rows of a statement that only reads hold no carrier, however long they are. */
    @Override
    public boolean looksInto(byte type) {
        return switch (type) {
            case FrameType.BACKEND_DATA_ROW -> step != Step.RUNNING || acts;
            case FrameType.BACKEND_NOTICE_RESPONSE -> true;
            default -> Flow.super.looksInto(type);
        };
    }

    @Override
    public void reply(byte type, ByteBuf frame) {
        if (type == FrameType.BACKEND_NOTICE_RESPONSE) {
            NoticeResponse notice = NoticeResponse.decode(Frames.payload(frame));
            context.wire().toClient(ServerErrors.translated(notice, statement));
            return;
        }
        if (failure.takes(type)) {
            return;
        }
        switch (step) {
            case PARSING -> parsing(type, frame);
            case READING -> pass(frame);
            case RUNNING -> running(type, frame);
            case SYNCING -> {
                if (type == FrameType.BACKEND_READY_FOR_QUERY) {
                    step = Step.CLOSING;
                }
            }
            case CLOSING -> closing(type, frame);
        }
    }

    private void parsing(byte type, ByteBuf frame) {
        if (type == FrameType.BACKEND_PARSE_COMPLETE) {
            step = Step.READING;
            new ReadingCalls(context, statement, NO_VALUES, this::execute, failure::begin).run();
        } else if (type == FrameType.BACKEND_ERROR_RESPONSE) {
            failed(frame);
        } else {
            pass(frame);
        }
    }

    private void execute(List<Value> hidden) {
        step = Step.RUNNING;
        context.wire().toBackend(NO_VALUES.withParameters(List.of(), hidden));
        context.wire().toBackend(new Describe(Describe.PORTAL, CString.EMPTY));
        context.wire().toBackend(new Execute(CString.EMPTY, 0));
        flush();
    }

    private void running(byte type, ByteBuf frame) {
        switch (type) {
            case FrameType.BACKEND_BIND_COMPLETE, FrameType.BACKEND_NO_DATA -> {}
            case FrameType.BACKEND_DATA_ROW -> rows.row(frame);
            case FrameType.BACKEND_COMMAND_COMPLETE -> {
                // As in the server: the tag is told when the commit has succeeded.
                String tag = statement.tag();
                completed = tag == null
                        ? CommandComplete.decode(Frames.payload(frame))
                        : new CommandComplete(CString.ofAscii(tag));
                close();
            }
            case FrameType.BACKEND_ERROR_RESPONSE -> failed(frame);
            default -> pass(frame);
        }
    }

    private void closing(byte type, ByteBuf frame) {
        switch (type) {
            case FrameType.BACKEND_CLOSE_COMPLETE -> {}
            case FrameType.BACKEND_ERROR_RESPONSE -> {
                completed = null;
                pass(frame);
            }
            case FrameType.BACKEND_READY_FOR_QUERY -> {
                if (completed != null) {
                    context.wire().toClient(completed);
                    context.statements()
                            .declared(
                                    new CarrierStatements.Portal(statement, NO_VALUES),
                                    Encodings.charset(context.state()));
                }
                pass(frame);
                context.done().run();
            }
            default -> pass(frame);
        }
    }

    /** A later Bind of the client must not reach the statement: after a simple query the server has no unnamed one. */
    private void close() {
        step = Step.CLOSING;
        context.wire().toBackend(new Close(Close.STATEMENT, CString.EMPTY));
        context.wire().toBackend(new Close(Close.PORTAL, CString.EMPTY));
        context.wire().toBackend(new FrontendMessage.Sync());
        context.wire().flushBackend();
    }

    private void closeAfterError() {
        context.wire().toBackend(new FrontendMessage.Sync());
        close();
        step = Step.SYNCING;
    }

    private void failed(ByteBuf frame) {
        ErrorResponse error = ErrorResponse.decode(Frames.payload(frame));
        context.wire().toClient(ServerErrors.translated(error, statement, context.state()));
        closeAfterError();
    }

    private void flush() {
        context.wire().toBackend(new FrontendMessage.Flush());
        context.wire().flushBackend();
    }

    private void pass(ByteBuf frame) {
        context.wire().toClient(frame.retainedSlice());
    }
}
