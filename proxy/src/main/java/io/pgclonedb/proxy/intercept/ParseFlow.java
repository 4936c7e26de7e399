package io.pgclonedb.proxy.intercept;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.backend.ErrorResponse;
import io.pgclonedb.protocol.backend.NoticeResponse;
import io.pgclonedb.protocol.frontend.FrontendMessage;
import io.pgclonedb.protocol.frontend.Parse;
import io.pgclonedb.proxy.sql.ServedStatement;
import org.jspecify.annotations.Nullable;

/**
 * A Parse under a name that matters: of a statement with calls, or of an ordinary one that may take such a statement's
 * name. Who holds the name is known when ParseComplete has come.
 */
final class ParseFlow implements Flow {
    private final Context context;
    private final Parse parse;
    private final @Nullable ServedStatement served;

    /** @param served null for an ordinary statement */
    ParseFlow(Context context, Parse parse, @Nullable ServedStatement served) {
        this.context = context;
        this.parse = parse;
        this.served = served;
    }

    @Override
    public void begin() {
        context.wire().toBackend(served == null ? parse : parse.withText(CString.of(served.sql())));
        context.wire().toBackend(new FrontendMessage.Flush());
        context.wire().flushBackend();
        if (parse.statement().isEmpty()) {
            // The server drops the unnamed statement before it reads the new one.
            context.statements().forgetStatement(parse.statement());
        }
    }

    @Override
    public boolean looksInto(byte type) {
        return Flow.super.looksInto(type) || type == FrameType.BACKEND_NOTICE_RESPONSE;
    }

    @Override
    public void reply(byte type, ByteBuf frame) {
        if (type == FrameType.BACKEND_NOTICE_RESPONSE && served != null) {
            NoticeResponse notice = NoticeResponse.decode(Frames.payload(frame));
            context.wire().toClient(ServerErrors.translated(notice, served));
        } else if (type == FrameType.BACKEND_ERROR_RESPONSE && served != null) {
            ErrorResponse error = ErrorResponse.decode(Frames.payload(frame));
            context.wire().toClient(ServerErrors.translated(error, served, context.state()));
        } else {
            context.wire().toClient(frame.retainedSlice());
        }
        if (type == FrameType.BACKEND_PARSE_COMPLETE) {
            if (served == null) {
                context.statements().forgetStatement(parse.statement());
            } else {
                context.statements().prepared(parse.statement(), served);
            }
        }
        if (type == FrameType.BACKEND_PARSE_COMPLETE || type == FrameType.BACKEND_ERROR_RESPONSE) {
            context.done().run();
        }
    }
}
