package io.pgclonedb.proxy.intercept;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.frontend.Execute;
import io.pgclonedb.protocol.frontend.FrontendMessage;

/** An Execute of a portal with acting calls; with a row limit it may fail on any row. */
final class ExecuteFlow implements Flow {
    private final Context context;
    private final Execute execute;
    private final CarrierRows rows;
    private final BackendFailure failure;

    ExecuteFlow(Context context, CarrierStatements.Portal portal, Execute execute) {
        this.context = context;
        this.execute = execute;
        this.failure = new BackendFailure(context, context.done());
        this.rows = new CarrierRows(context, portal.statement(), portal.bind(), failure::begin);
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
            case FrameType.BACKEND_COMMAND_COMPLETE,
                    FrameType.BACKEND_EMPTY_QUERY_RESPONSE,
                    FrameType.BACKEND_PORTAL_SUSPENDED,
                    FrameType.BACKEND_ERROR_RESPONSE -> {
                context.wire().toClient(frame.retainedSlice());
                context.done().run();
            }
            default -> context.wire().toClient(frame.retainedSlice());
        }
    }
}
