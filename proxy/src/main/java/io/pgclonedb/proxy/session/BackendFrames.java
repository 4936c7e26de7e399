package io.pgclonedb.proxy.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.ProtocolException;
import io.pgclonedb.protocol.backend.ParameterStatus;
import io.pgclonedb.protocol.backend.TransactionStatus;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import io.pgclonedb.proxy.intercept.Interceptor;
import io.pgclonedb.proxy.relay.BackendState;
import io.pgclonedb.proxy.relay.FrameVisitor;
import org.jspecify.annotations.Nullable;

/** The server's frames on their way to the client: only ReadyForQuery and ParameterStatus are read, unless a flow waits. */
final class BackendFrames implements FrameVisitor {
    private static final int HEADER = 5;
    private static final int LONGEST_COLLECTED = 16 * 1024 * 1024;

    private final BackendState state;
    private final @Nullable Interceptor interceptor;
    private final Channel client;
    private byte last;

    BackendFrames(BackendState state, @Nullable Interceptor interceptor, Channel client) {
        this.state = state;
        this.interceptor = interceptor;
        this.client = client;
    }

    /** Whether the last thing the server said was an error: before it hangs up it says why. */
    boolean failedLast() {
        return last == FrameType.BACKEND_ERROR_RESPONSE;
    }

    /** Whether the last answer was complete: nothing has come since a ReadyForQuery. */
    boolean betweenQueries() {
        return last == 0 || last == FrameType.BACKEND_READY_FOR_QUERY;
    }

    @Override
    public boolean looksInto(byte type, int length) {
        if (length < Integer.BYTES) {
            throw new ProtocolException("invalid message length");
        }
        return switch (type) {
            case FrameType.BACKEND_READY_FOR_QUERY, FrameType.BACKEND_PARAMETER_STATUS -> true;
            case FrameType.BACKEND_NOTIFICATION_RESPONSE -> false;
            default -> interceptor != null && interceptor.flowLooksInto(type);
        };
    }

    @Override
    public void passing(byte type) {
        last = type;
        state.replies().received(type);
    }

    @Override
    public boolean passes(byte type, ByteBuf buffer, int at, int size) {
        passing(type);
        if (type == FrameType.BACKEND_PARAMETER_STATUS) {
            state.reported(ParameterStatus.decode(buffer.slice(at + HEADER, size - HEADER)));
            return true;
        }
        if (type == FrameType.BACKEND_READY_FOR_QUERY) {
            if (size != HEADER + 1) {
                throw new ProtocolException("invalid message format");
            }
            state.ready(TransactionStatus.of(buffer.getByte(at + HEADER)));
            if (interceptor != null) {
                interceptor.ready(state.transactionStatus());
            }
        }
        return interceptor == null || !interceptor.flowRuns();
    }

    @Override
    public Outcome take(byte type, ByteBuf frame) {
        if (interceptor != null) {
            interceptor.reply(type, frame);
        }
        return Outcome.TAKEN;
    }

    @Override
    public int collectedFirst(byte type) {
        return LONGEST_COLLECTED;
    }

    @Override
    public int longestCollected() {
        return LONGEST_COLLECTED;
    }

    @Override
    public Overflow overflow(byte type, ByteBuf prefix) {
        throw PgException.fatal(SqlState.PROGRAM_LIMIT_EXCEEDED, "a row with a pgclonedb call in it is too long")
                .withDetail("It may have " + LONGEST_COLLECTED + " bytes.");
    }

    @Override
    public void observe(ByteBuf buffer, int at, int size) {}

    @Override
    public void write(ByteBuf bytes) {
        client.write(bytes);
    }
}
