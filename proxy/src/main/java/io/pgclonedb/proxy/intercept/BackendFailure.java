package io.pgclonedb.proxy.intercept;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.frontend.FrontendMessage;
import io.pgclonedb.proxy.error.PgException;
import org.jspecify.annotations.Nullable;

/**
 * Makes the server itself fail, so that its transaction state and its skipping to the next Sync are real, and tells the
 * client our error in the place of the server's (PostgreSQL documentation, "Extended Query").
 *
 * <p>What fails is a Bind to a statement that does not exist: in the server's log its name reads better than a syntax
 * error. Were there such a statement, its two formats for one parameter would fail.
 */
final class BackendFailure {
    private static final CString STATEMENT = CString.ofAscii("pgclonedb: operation refused");

    private final Flow.Context context;
    private final Runnable failed;
    private @Nullable PgException error;

    /** @param failed to be run when the server has failed and the client knows why */
    BackendFailure(Flow.Context context, Runnable failed) {
        this.context = context;
        this.failed = failed;
    }

    void begin(PgException reason) {
        error = reason;
        context.wire().toBackend(FrameType.FRONTEND_BIND, failingBind());
        context.wire().toBackend(new FrontendMessage.Flush());
        context.wire().flushBackend();
    }

    /** Drops answers up to the server's error and sends ours; false when nothing is to fail. */
    boolean takes(byte type) {
        PgException reason = error;
        if (reason == null) {
            return false;
        }
        if (type == FrameType.BACKEND_ERROR_RESPONSE) {
            error = null;
            context.wire().toClient(Responses.error(reason, Encodings.charset(context.state())));
            failed.run();
        }
        return true;
    }

    private static ByteBuf failingBind() {
        ByteBuf frame = Unpooled.buffer();
        frame.writeByte(FrameType.FRONTEND_BIND);
        frame.writeInt(0);
        CString.EMPTY.write(frame);
        STATEMENT.write(frame);
        frame.writeShort(2).writeShort(0).writeShort(0);
        frame.writeShort(1).writeInt(-1);
        frame.writeShort(0);
        return frame.setInt(1, frame.readableBytes() - 1);
    }
}
