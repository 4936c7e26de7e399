package io.pgclonedb.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.ProtocolException;
import io.pgclonedb.proxy.intercept.Interceptor;
import io.pgclonedb.proxy.relay.FrameVisitor;
import io.pgclonedb.proxy.relay.ReplyQueue;
import org.jspecify.annotations.Nullable;

/** The client's frames on their way to the server. */
final class ClientFrames implements FrameVisitor {
    /** As in the server: PQ_LARGE_MESSAGE_LIMIT. */
    private static final int LONGEST_MESSAGE = 0x3fff_fffe;

    private final ReplyQueue replies;
    private final @Nullable Interceptor interceptor;
    private final Channel backend;
    private boolean terminated;

    ClientFrames(ReplyQueue replies, @Nullable Interceptor interceptor, Channel backend) {
        this.replies = replies;
        this.interceptor = interceptor;
        this.backend = backend;
    }

    /** Whether the client has said goodbye. */
    boolean terminated() {
        return terminated;
    }

    @Override
    public boolean looksInto(byte type, int length) {
        if (length < Integer.BYTES || length > LONGEST_MESSAGE) {
            throw new ProtocolException("invalid message length");
        }
        return interceptor != null && interceptor.looksInto(type);
    }

    @Override
    public void passing(byte type) {
        terminated |= type == FrameType.FRONTEND_TERMINATE;
        replies.sent(type);
    }

    @Override
    public boolean passes(byte type, ByteBuf buffer, int at, int size) {
        if (!interceptor().passes(type, buffer, at, size)) {
            return false;
        }
        replies.sent(type);
        return true;
    }

    @Override
    public Outcome take(byte type, ByteBuf frame) {
        return interceptor().take(type, frame);
    }

    @Override
    public int collectedFirst(byte type) {
        return interceptor().collectedFirst(type);
    }

    @Override
    public int longestCollected() {
        return interceptor().longestCollected();
    }

    @Override
    public Overflow overflow(byte type, ByteBuf prefix) {
        Overflow overflow = interceptor().overflow(type, prefix);
        if (overflow != Overflow.COLLECT) {
            replies.sent(type);
        }
        return overflow;
    }

    @Override
    public void observe(ByteBuf buffer, int at, int size) {
        interceptor().observe(buffer, at, size);
    }

    @Override
    public void write(ByteBuf bytes) {
        backend.write(bytes);
    }

    /** Only asked about frames that an interceptor wanted to see. */
    private Interceptor interceptor() {
        if (interceptor == null) {
            throw new IllegalStateException("nothing is intercepted");
        }
        return interceptor;
    }
}
