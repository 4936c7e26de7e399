package io.pgclonedb.proxy.intercept;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.backend.CommandComplete;
import io.pgclonedb.protocol.frontend.Execute;
import io.pgclonedb.protocol.frontend.FrontendMessage;
import org.jspecify.annotations.Nullable;

/** An Execute whose rows may hold acting calls; with a row limit it may fail on any row. */
final class ExecuteFlow implements Flow {
    private final Context context;
    private final CarrierStatements.@Nullable Portal portal;
    private final Execute execute;
    private final CarrierRows rows;
    private final BackendFailure failure;

    /** @param portal that is executed; null for one without calls, which may fetch from a cursor with some */
    ExecuteFlow(Context context, CarrierStatements.@Nullable Portal portal, Execute execute) {
        this.context = context;
        this.portal = portal;
        this.execute = execute;
        this.failure = new BackendFailure(context, context.done());
        this.rows = new CarrierRows(context, portal == null ? context.statements() : portal, failure::begin);
    }

    @Override
    public void begin() {
        context.wire().toBackend(execute);
        context.wire().toBackend(new FrontendMessage.Flush());
        context.wire().flushBackend();
    }

    @Override
    public void reply(byte type, ByteBuf frame) {
        if (failure.takes(type)) {
            return;
        }
        switch (type) {
            case FrameType.BACKEND_DATA_ROW -> rows.row(frame);
            case FrameType.BACKEND_COMMAND_COMPLETE -> {
                completed(frame);
                context.done().run();
            }
            // Of a COPY the client sends the data now, and its end is nothing to look at.
            case FrameType.BACKEND_COPY_IN_RESPONSE,
                    FrameType.BACKEND_EMPTY_QUERY_RESPONSE,
                    FrameType.BACKEND_PORTAL_SUSPENDED,
                    FrameType.BACKEND_ERROR_RESPONSE -> {
                context.wire().toClient(frame.retainedSlice());
                context.done().run();
            }
            default -> context.wire().toClient(frame.retainedSlice());
        }
    }

    private void completed(ByteBuf frame) {
        String tag = portal == null ? null : portal.statement().tag();
        if (tag == null) {
            context.wire().toClient(frame.retainedSlice());
        } else {
            context.wire().toClient(new CommandComplete(CString.ofAscii(tag)));
        }
        if (portal != null) {
            context.statements().declared(portal, Encodings.charset(context.state()));
        }
    }
}
