package io.pgclonedb.proxy.sql;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * {@link CallSearch} over a text that comes in several buffers; a hit may lie across two of them. For one text; not
 * thread-safe.
 */
public final class StreamingCallSearch {
    private static final int KEPT = CallSearch.LONGEST - 1;

    /** The last bytes seen, and room for the first of the next buffer. */
    private final byte[] seam = new byte[2 * KEPT];

    private final ByteBuf seamBuffer = Unpooled.wrappedBuffer(seam);
    private int kept;
    private boolean found;

    /**
     * Takes the next bytes of the text. Moves no index of the buffer.
     *
     * @return whether the text so far may hold a call
     */
    public boolean found(ByteBuf text, int index, int length) {
        if (found) {
            return true;
        }
        int fresh = Math.min(KEPT, length);
        text.getBytes(index, seam, kept, fresh);
        found = CallSearch.found(seamBuffer, 0, kept + fresh) || CallSearch.found(text, index, length);
        keepTail(text, index, length, kept + fresh);
        return found;
    }

    private void keepTail(ByteBuf text, int index, int length, int inSeam) {
        if (length >= KEPT) {
            text.getBytes(index + length - KEPT, seam, 0, KEPT);
            kept = KEPT;
        } else {
            int tail = Math.min(KEPT, inSeam);
            System.arraycopy(seam, inSeam - tail, seam, 0, tail);
            kept = tail;
        }
    }
}
