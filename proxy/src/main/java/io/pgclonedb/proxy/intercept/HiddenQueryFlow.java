package io.pgclonedb.proxy.intercept;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.backend.ErrorResponse;
import io.pgclonedb.protocol.frontend.Query;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A Query of ours of which the client hears nothing. */
final class HiddenQueryFlow implements Flow {
    private final Context context;
    private final String sql;
    private final Consumer<@Nullable ErrorResponse> ended;
    private @Nullable ErrorResponse error;

    /** @param ended hears of the server's error, or null, when the server is ready again */
    HiddenQueryFlow(Context context, String sql, Consumer<@Nullable ErrorResponse> ended) {
        this.context = context;
        this.sql = sql;
        this.ended = ended;
    }

    @Override
    public void begin() {
        context.wire().toBackend(new Query(CString.ofAscii(sql)));
        context.wire().flushBackend();
    }

    @Override
    public void reply(byte type, ByteBuf frame) {
        if (type == FrameType.BACKEND_ERROR_RESPONSE) {
            error = ErrorResponse.decode(Frames.payload(frame));
        } else if (type == FrameType.BACKEND_READY_FOR_QUERY) {
            ended.accept(error);
        }
    }
}
