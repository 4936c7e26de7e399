package io.pgclonedb.proxy.intercept;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.backend.ErrorResponse;
import io.pgclonedb.protocol.backend.NoticeResponse;
import io.pgclonedb.protocol.frontend.Query;
import io.pgclonedb.proxy.sql.ServedStatement;

/** One statement without calls of a string with several, sent by itself. Its rows pass unseen; COPY works both ways. */
final class PassingFlow implements Flow {
    private final Context context;
    private final ServedStatement text;

    PassingFlow(Context context, ServedStatement text) {
        this.context = context;
        this.text = text;
    }

    @Override
    public void begin() {
        context.wire().toBackend(new Query(CString.of(text.sql())));
        context.wire().flushBackend();
    }

    @Override
    public boolean looksInto(byte type) {
        return switch (type) {
            case FrameType.BACKEND_COMMAND_COMPLETE,
                    FrameType.BACKEND_EMPTY_QUERY_RESPONSE,
                    FrameType.BACKEND_ERROR_RESPONSE,
                    FrameType.BACKEND_NOTICE_RESPONSE,
                    FrameType.BACKEND_COPY_IN_RESPONSE,
                    FrameType.BACKEND_READY_FOR_QUERY -> true;
            default -> false;
        };
    }

    @Override
    public void reply(byte type, ByteBuf frame) {
        if (type == FrameType.BACKEND_ERROR_RESPONSE) {
            // What the client still sends of a COPY that failed waits for the end of the string.
            context.wire().holdClient();
            ErrorResponse error = ErrorResponse.decode(Frames.payload(frame));
            context.wire().toClient(ServerErrors.translated(error, text, context.state()));
            return;
        }
        if (type == FrameType.BACKEND_NOTICE_RESPONSE) {
            NoticeResponse notice = NoticeResponse.decode(Frames.payload(frame));
            context.wire().toClient(ServerErrors.translated(notice, text));
            return;
        }
        context.wire().toClient(frame.retainedSlice());
        if (type == FrameType.BACKEND_COPY_IN_RESPONSE) {
            context.wire().flushClient();
            context.wire().resumeClient();
        } else if (type == FrameType.BACKEND_READY_FOR_QUERY) {
            context.done().run();
        }
    }
}
