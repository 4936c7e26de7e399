package io.pgclonedb.proxy.intercept;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.backend.ParameterDescription;
import io.pgclonedb.protocol.frontend.Describe;
import io.pgclonedb.protocol.frontend.FrontendMessage;
import io.pgclonedb.proxy.sql.ServedStatement;

/** A Describe of a statement with hidden parameters: they are left out of what the client is told. */
final class DescribeFlow implements Flow {
    private final Context context;
    private final ServedStatement statement;
    private final Describe describe;

    DescribeFlow(Context context, ServedStatement statement, Describe describe) {
        this.context = context;
        this.statement = statement;
        this.describe = describe;
    }

    @Override
    public void begin() {
        context.wire().toBackend(describe);
        context.wire().toBackend(new FrontendMessage.Flush());
        context.wire().flushBackend();
    }

    @Override
    public void reply(byte type, ByteBuf frame) {
        if (type == FrameType.BACKEND_PARAMETER_DESCRIPTION) {
            ParameterDescription all = ParameterDescription.decode(Frames.payload(frame));
            int visible = Math.min(statement.maxParameter(), all.types().size());
            context.wire().toClient(new ParameterDescription(all.types().subList(0, visible)));
            return;
        }
        context.wire().toClient(frame.retainedSlice());
        if (type == FrameType.BACKEND_ROW_DESCRIPTION
                || type == FrameType.BACKEND_NO_DATA
                || type == FrameType.BACKEND_ERROR_RESPONSE) {
            context.done().run();
        }
    }
}
