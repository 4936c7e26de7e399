package io.pgclonedb.proxy.intercept;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.frontend.Bind;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import io.pgclonedb.proxy.relay.FrameVisitor.Overflow;
import io.pgclonedb.proxy.sql.StreamingCallSearch;

/** Frames of the client that are too long to be held: what is looked at in them while they stream. For one event loop. */
final class LongFrames {
    /** A Query or Parse is held until it was searched, up to here; a longer one is searched while it streams. */
    static final int LONGEST_TEXT = 16 * 1024 * 1024;

    /** Enough for the names at the start of a Bind. */
    private static final int NAMES = 16 * 1024;

    private final CarrierStatements statements;
    private StreamingCallSearch text = new StreamingCallSearch();

    LongFrames(CarrierStatements statements) {
        this.statements = statements;
    }

    /** How much of a frame is collected before {@link #overflow} is asked. */
    static int collectedFirst(byte type) {
        return isText(type) ? LONGEST_TEXT : NAMES;
    }

    private static boolean isText(byte type) {
        return type == FrameType.FRONTEND_QUERY || type == FrameType.FRONTEND_PARSE;
    }

    /** What to do with a frame that is longer than what was collected. */
    Overflow overflow(byte type, ByteBuf prefix) {
        if (isText(type)) {
            text = new StreamingCallSearch();
            return Overflow.OBSERVE;
        }
        if (type != FrameType.FRONTEND_BIND) {
            return Overflow.PASS;
        }
        if (!mayBindCarrier(Frames.payload(prefix))) {
            Bind.peekNames(Frames.payload(prefix)).ifPresent(names -> statements.boundOrdinary(names.portal()));
            return Overflow.PASS;
        }
        if (prefix.readableBytes() < LONGEST_TEXT) {
            return Overflow.COLLECT;
        }
        throw PgException.fatal(SqlState.PROGRAM_LIMIT_EXCEEDED, "the values of a pgclonedb call are too long")
                .withDetail("They may have " + LONGEST_TEXT + " bytes together.");
    }

    /** The server cuts names off: one that does not end here may still be that of a statement with calls. */
    private boolean mayBindCarrier(ByteBuf prefix) {
        return Bind.peekNames(prefix)
                .map(names -> statements.statement(names.statement()) != null)
                .orElse(true);
    }

    /** Searches a piece of a long text before it is passed on. */
    void observe(ByteBuf buffer, int at, int size) {
        if (text.found(buffer, at, size)) {
            throw PgException.fatal(SqlState.PROGRAM_LIMIT_EXCEEDED, "a text with a pgclonedb call in it is too long")
                    .withDetail("A text that mentions pgclonedb may have " + LONGEST_TEXT + " bytes.")
                    .withHint("Send the call in a statement of its own.");
        }
    }
}
