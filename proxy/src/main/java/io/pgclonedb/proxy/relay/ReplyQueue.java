package io.pgclonedb.proxy.relay;

import io.pgclonedb.protocol.FrameType;

/**
 * What the server still owes an answer for, one byte a message (PostgreSQL documentation, "Message Flow"). It tells when
 * everything sent has been answered, and when the server skips messages until the next Sync. Pure; not thread-safe.
 */
public final class ReplyQueue {
    private byte[] ring = new byte[32];
    private int head;
    private int size;
    private boolean skipping;
    private boolean copyIn;
    private boolean inStep = true;

    /** Whether nothing sent is unanswered. */
    public boolean drained() {
        return peek() == 0;
    }

    /** Whether the server ignores everything up to the next Sync, because an extended query failed. */
    public boolean skipping() {
        return skipping;
    }

    /** Whether the server reads CopyData now. */
    public boolean copyIn() {
        return copyIn;
    }

    /** False once an answer came that nothing sent explains: what the server does is not known any more. */
    public boolean inStep() {
        return inStep;
    }

    /** A message of the client goes to the server. */
    public void sent(byte type) {
        if (copyIn) {
            switch (type) {
                // COPY reads for itself and swallows Flush and Sync.
                case FrameType.FRONTEND_COPY_DATA, FrameType.FRONTEND_FLUSH, FrameType.FRONTEND_SYNC -> {
                    return;
                }
                case FrameType.FRONTEND_COPY_DONE, FrameType.FRONTEND_COPY_FAIL -> {
                    copyIn = false;
                    return;
                }
                // On anything else it ends the connection, unless it has failed before, and then this is served.
                default -> copyIn = false;
            }
        }
        if (type == FrameType.FRONTEND_SYNC) {
            skipping = false;
            push(type);
        } else if (!skipping) {
            switch (type) {
                case FrameType.FRONTEND_QUERY,
                        FrameType.FRONTEND_PARSE,
                        FrameType.FRONTEND_BIND,
                        FrameType.FRONTEND_DESCRIBE,
                        FrameType.FRONTEND_EXECUTE,
                        FrameType.FRONTEND_CLOSE,
                        FrameType.FRONTEND_FUNCTION_CALL -> push(type);
                case FrameType.FRONTEND_COPY_DONE, FrameType.FRONTEND_COPY_FAIL -> {
                    // Ends a COPY whose CopyInResponse is still on its way; otherwise the server ignores it.
                    if (size > 0) {
                        push(type);
                    }
                }
                default -> {}
            }
        }
    }

    /** A message of the server arrives. */
    public void received(byte type) {
        switch (type) {
            case FrameType.BACKEND_PARSE_COMPLETE -> answered(FrameType.FRONTEND_PARSE);
            case FrameType.BACKEND_BIND_COMPLETE -> answered(FrameType.FRONTEND_BIND);
            case FrameType.BACKEND_CLOSE_COMPLETE -> answered(FrameType.FRONTEND_CLOSE);
            case FrameType.BACKEND_NO_DATA -> answered(FrameType.FRONTEND_DESCRIBE);
            case FrameType.BACKEND_ROW_DESCRIPTION -> {
                if (peek() == FrameType.FRONTEND_DESCRIBE) {
                    pop();
                }
            }
            case FrameType.BACKEND_COMMAND_COMPLETE,
                    FrameType.BACKEND_EMPTY_QUERY_RESPONSE,
                    FrameType.BACKEND_PORTAL_SUSPENDED -> {
                if (peek() == FrameType.FRONTEND_EXECUTE) {
                    pop();
                }
            }
            case FrameType.BACKEND_COPY_IN_RESPONSE, FrameType.BACKEND_COPY_BOTH_RESPONSE -> copyBegins();
            case FrameType.BACKEND_ERROR_RESPONSE -> failed();
            case FrameType.BACKEND_READY_FOR_QUERY -> ready();
            default -> {}
        }
    }

    private void answered(byte frontendType) {
        if (peek() == frontendType) {
            pop();
        } else {
            inStep = false;
        }
    }

    private void ready() {
        copyIn = false;
        while (size > 0) {
            byte type = pop();
            if (type == FrameType.FRONTEND_QUERY
                    || type == FrameType.FRONTEND_SYNC
                    || type == FrameType.FRONTEND_FUNCTION_CALL) {
                return;
            }
        }
        inStep = false;
    }

    /** After an error in the extended protocol the server skips to the next Sync. */
    private void failed() {
        copyIn = false;
        byte failing = peek();
        if (failing == 0
                || failing == FrameType.FRONTEND_QUERY
                || failing == FrameType.FRONTEND_SYNC
                || failing == FrameType.FRONTEND_FUNCTION_CALL) {
            return;
        }
        while (size > 0) {
            if (peekRaw() == FrameType.FRONTEND_SYNC) {
                return;
            }
            pop();
        }
        skipping = true;
    }

    /**
     * What the client sent ahead of the CopyInResponse is read by COPY, up to CopyDone or CopyFail. Where something else
     * stands before these, nothing is dropped: COPY ends the connection there, unless it has failed before.
     */
    private void copyBegins() {
        int kept = peek() == 0 ? 0 : 1;
        int end = kept;
        while (end < size && ahead(end) == FrameType.FRONTEND_SYNC) {
            end++;
        }
        boolean ended = end < size;
        if (ended) {
            byte ending = ahead(end);
            if (ending != FrameType.FRONTEND_COPY_DONE && ending != FrameType.FRONTEND_COPY_FAIL) {
                return;
            }
            end++;
        }
        drop(kept, end);
        copyIn = !ended;
    }

    private void drop(int from, int to) {
        int dropped = to - from;
        for (int i = to; i < size; i++) {
            ring[(head + i - dropped) & (ring.length - 1)] = ahead(i);
        }
        size -= dropped;
    }

    private byte ahead(int index) {
        return ring[(head + index) & (ring.length - 1)];
    }

    /** The message whose answer comes next; 0 for none. */
    private byte peek() {
        while (size > 0 && (peekRaw() == FrameType.FRONTEND_COPY_DONE || peekRaw() == FrameType.FRONTEND_COPY_FAIL)) {
            pop();
        }
        return size == 0 ? 0 : peekRaw();
    }

    private byte peekRaw() {
        return ring[head];
    }

    private void push(byte type) {
        if (size == ring.length) {
            grow();
        }
        ring[(head + size) & (ring.length - 1)] = type;
        size++;
    }

    private byte pop() {
        byte type = ring[head];
        head = (head + 1) & (ring.length - 1);
        size--;
        return type;
    }

    private void grow() {
        byte[] larger = new byte[ring.length * 2];
        for (int i = 0; i < size; i++) {
            larger[i] = ahead(i);
        }
        ring = larger;
        head = 0;
    }
}
