package io.pgclonedb.proxy.relay;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ReferenceCountUtil;
import io.pgclonedb.protocol.ProtocolException;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks the frame headers of one direction of a session inside the read buffer and writes what is only passed on as
 * slices of it (PostgreSQL documentation, "Message Formats": a type byte, a length word that counts itself, a payload).
 *
 * <p>A frame that its {@link FrameVisitor} must see whole and that ends in a later read is collected; memory grows with the
 * bytes that have come, never by a declared length. Not thread-safe: it belongs to the session's event loop.
 */
public final class FrameWalker {
    private static final int HEADER = 5;

    private final FrameVisitor visitor;
    private final ByteBufAllocator allocator;
    private final ArrayDeque<ByteBuf> backlog = new ArrayDeque<>();

    private @Nullable ByteBuf partial;
    private @Nullable ByteBuf held;
    private long passing;
    private boolean observing;
    private int collectLimit;
    private boolean paused;
    private boolean walking;
    private long frames;
    private int backlogBytes;

    public FrameWalker(FrameVisitor visitor, ByteBufAllocator allocator) {
        this.visitor = visitor;
        this.allocator = allocator;
    }

    /** Takes what one read brought; takes over the reference. */
    public void read(ByteBuf in) {
        boolean rest = passing > 0 && !walking && backlog.isEmpty();
        if (!rest && (paused || walking || !backlog.isEmpty())) {
            backlog.add(in);
            backlogBytes += in.readableBytes();
            return;
        }
        walk(in);
        if (!paused) {
            resume();
        }
    }

    /** Stops before the next frame; what is read from then on waits. */
    public void pause() {
        paused = true;
    }

    /** Goes on with what has waited. */
    public void resume() {
        paused = false;
        if (walking) {
            return;
        }
        ByteBuf next;
        while (!paused && (next = backlog.poll()) != null) {
            backlogBytes -= next.readableBytes();
            walk(next);
        }
    }

    /** Whether a frame has been passed on in part: nothing may be written between its pieces. */
    public boolean insideFrame() {
        return passing > 0;
    }

    /** Bytes that wait for {@link #resume}. */
    public int waiting() {
        return backlogBytes;
    }

    /** Frames met so far. */
    public long frames() {
        return frames;
    }

    /**
     * Gives what waits to another reader, in order; nothing is held here any more.
     *
     * @throws ProtocolException when a frame has come in part before the pause: it belongs to nobody
     */
    public void handOver(Consumer<ByteBuf> reader) {
        paused = true;
        if (partial != null) {
            throw new ProtocolException("invalid message format");
        }
        ByteBuf next;
        while ((next = backlog.poll()) != null) {
            backlogBytes -= next.readableBytes();
            reader.accept(next);
        }
    }

    /** Drops everything that is held; later reads must not come. */
    public void release() {
        if (partial != null) {
            partial.release();
            partial = null;
        }
        backlog.forEach(ReferenceCountUtil::release);
        backlog.clear();
        backlogBytes = 0;
    }

    private void walk(ByteBuf in) {
        walking = true;
        try {
            walkFrames(in);
        } finally {
            walking = false;
            in.release();
        }
    }

    private void walkFrames(ByteBuf in) {
        int end = in.writerIndex();
        int at = in.readerIndex();
        int runStart = at;
        try {
            while (at < end) {
                if (passing > 0) {
                    int size = (int) Math.min(passing, end - at);
                    if (observing) {
                        visitor.observe(in, at, size);
                    }
                    at += size;
                    passing -= size;
                    continue;
                }
                if (paused) {
                    break;
                }
                if (partial != null) {
                    at = fill(partial, in, at, end);
                    runStart = at;
                    continue;
                }
                if (end - at < HEADER) {
                    writeRun(in, runStart, at);
                    partial = collect(in, at, end);
                    return;
                }
                byte type = in.getByte(at);
                int length = in.getInt(at + 1);
                observing = false;
                if (!visitor.looksInto(type, length)) {
                    visitor.passing(type);
                    frames++;
                    passing = length + 1L;
                    continue;
                }
                int size = length + 1;
                if (size < 0 || end - at < size) {
                    writeRun(in, runStart, at);
                    collectLimit = visitor.collectedFirst(type);
                    partial = collect(in, at, Math.min(end, at + HEADER));
                    runStart = at + HEADER;
                    at = runStart;
                    continue;
                }
                if (visitor.passes(type, in, at, size)) {
                    frames++;
                    at += size;
                    continue;
                }
                writeRun(in, runStart, at);
                runStart = at;
                if (visitor.take(type, in.slice(at, size)) == FrameVisitor.Outcome.HOLD) {
                    paused = true;
                    break;
                }
                frames++;
                at += size;
                runStart = at;
            }
        } catch (RuntimeException refused) {
            // What stands before the refused frame has been accounted for; a frame begun earlier may end in it.
            writeRun(in, runStart, at);
            throw refused;
        }
        writeRun(in, runStart, at);
        if (at < end) {
            keepFirst(in.retainedSlice(at, end - at));
        }
        if (held != null) {
            keepFirst(held);
            held = null;
        }
    }

    /** Continues a frame that began in an earlier read; returns where the rest of this read begins. */
    private int fill(ByteBuf frame, ByteBuf in, int start, int end) {
        int at = start;
        if (frame.readableBytes() < HEADER) {
            int wanted = Math.min(HEADER - frame.readableBytes(), end - at);
            frame.writeBytes(in, at, wanted);
            at += wanted;
            if (frame.readableBytes() < HEADER) {
                return at;
            }
            if (!visitor.looksInto(frame.getByte(frame.readerIndex()), frame.getInt(frame.readerIndex() + 1))) {
                visitor.passing(frame.getByte(frame.readerIndex()));
                observing = false;
                passOn(frame);
                return at;
            }
            collectLimit = visitor.collectedFirst(frame.getByte(frame.readerIndex()));
        }
        byte type = frame.getByte(frame.readerIndex());
        long size = frame.getInt(frame.readerIndex() + 1) + 1L;
        int wanted = (int) Math.min(Math.min(size, collectLimit) - frame.readableBytes(), end - at);
        if (wanted > 0) {
            frame.writeBytes(in, at, wanted);
            at += wanted;
        }
        if (frame.readableBytes() == size) {
            finish(type, frame);
        } else if (frame.readableBytes() >= collectLimit) {
            overflow(type, frame);
        }
        return at;
    }

    private void finish(byte type, ByteBuf frame) {
        partial = null;
        boolean released = true;
        try {
            if (visitor.passes(type, frame, frame.readerIndex(), frame.readableBytes())) {
                frames++;
                released = false;
                visitor.write(frame);
            } else if (visitor.take(type, frame.slice()) == FrameVisitor.Outcome.HOLD) {
                paused = true;
                released = false;
                held = frame;
            } else {
                frames++;
            }
        } finally {
            if (released) {
                frame.release();
            }
        }
    }

    private void overflow(byte type, ByteBuf frame) {
        switch (visitor.overflow(type, frame)) {
            case PASS -> {
                observing = false;
                passOn(frame);
            }
            case OBSERVE -> {
                observing = true;
                visitor.observe(frame, frame.readerIndex(), frame.readableBytes());
                passOn(frame);
            }
            case COLLECT -> collectLimit = visitor.longestCollected();
        }
    }

    private void passOn(ByteBuf frame) {
        partial = null;
        frames++;
        passing = frame.getInt(frame.readerIndex() + 1) + 1L - frame.readableBytes();
        visitor.write(frame);
    }

    private void writeRun(ByteBuf in, int from, int to) {
        if (from == to) {
            return;
        }
        if (from == in.readerIndex() && to == in.writerIndex()) {
            visitor.write(in.retain());
        } else {
            visitor.write(in.retainedSlice(from, to - from));
        }
    }

    private ByteBuf collect(ByteBuf in, int from, int to) {
        ByteBuf frame = allocator.buffer(Math.max(256, to - from));
        return frame.writeBytes(in, from, to - from);
    }

    private void keepFirst(ByteBuf rest) {
        backlog.addFirst(rest);
        backlogBytes += rest.readableBytes();
    }
}
