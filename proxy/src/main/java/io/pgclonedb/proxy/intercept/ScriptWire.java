package io.pgclonedb.proxy.intercept;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.backend.BackendMessage;
import io.pgclonedb.protocol.frontend.FrontendMessage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The wire of one statement of several: ReadyForQuery comes once, at the end of the string, and the tag of the last statement when
 * the transaction is committed, as in the server.
 */
final class ScriptWire implements Wire {
    private final Wire wire;
    private boolean last;
    private boolean failed;
    private byte @Nullable [] tag;

    ScriptWire(Wire wire) {
        this.wire = wire;
    }

    /** The next statement begins. */
    void begin(boolean isLast) {
        last = isLast;
    }

    /** Whether the client has been told of an error. */
    boolean failed() {
        return failed;
    }

    /** Sends the tag that was kept back, if there is one. */
    void sendTag() {
        if (tag != null) {
            wire.toClient(Unpooled.wrappedBuffer(tag));
            tag = null;
        }
    }

    /** Forgets the tag that was kept back. */
    void dropTag() {
        tag = null;
    }

    @Override
    public void toClient(BackendMessage message) {
        ByteBuf frame = Unpooled.buffer();
        message.encode(frame);
        toClient(frame);
    }

    @Override
    public void toClient(ByteBuf frame) {
        byte type = frame.getByte(frame.readerIndex());
        switch (type) {
            case FrameType.BACKEND_READY_FOR_QUERY -> frame.release();
            case FrameType.BACKEND_COMMAND_COMPLETE, FrameType.BACKEND_EMPTY_QUERY_RESPONSE -> {
                if (last) {
                    tag = ByteBufUtil.getBytes(frame);
                    frame.release();
                } else {
                    wire.toClient(frame);
                }
            }
            case FrameType.BACKEND_ERROR_RESPONSE -> {
                failed = true;
                wire.toClient(frame);
            }
            default -> wire.toClient(frame);
        }
    }

    @Override
    public void toBackend(FrontendMessage message) {
        wire.toBackend(message);
    }

    @Override
    public void toBackend(byte type, ByteBuf frame) {
        wire.toBackend(type, frame);
    }

    @Override
    public void flushBackend() {
        wire.flushBackend();
    }

    @Override
    public void flushClient() {
        wire.flushClient();
    }

    @Override
    public void holdClient() {
        wire.holdClient();
    }

    @Override
    public void resumeClient() {
        wire.resumeClient();
    }

    @Override
    public void holdBackend() {
        wire.holdBackend();
    }

    @Override
    public void resumeBackend() {
        wire.resumeBackend();
    }

    @Override
    public Executor eventLoop() {
        return wire.eventLoop();
    }

    @Override
    public void callEnded() {
        wire.callEnded();
    }
}
