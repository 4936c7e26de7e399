package io.pgclonedb.it.passthrough;

import io.netty.buffer.PooledByteBufAllocator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Watches how much buffer memory the proxy of this JVM has in use, from a thread of its own, until it is closed. */
final class RelayMemory implements AutoCloseable {
    private static final long EVERY_NANOS = 2_000_000;

    private final AtomicLong highest = new AtomicLong();
    private final Thread thread = new Thread(this::watch, "relay-memory");
    private volatile boolean closed;

    RelayMemory() {
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        while (!closed) {
            highest.accumulateAndGet(now(), Math::max);
            LockSupport.parkNanos(EVERY_NANOS);
        }
    }

    private static long now() {
        return PooledByteBufAllocator.DEFAULT.pinnedDirectMemory() + PooledByteBufAllocator.DEFAULT.pinnedHeapMemory();
    }

    /** The most that was in use at once, in bytes. */
    long highest() {
        return highest.accumulateAndGet(now(), Math::max);
    }

    @Override
    public void close() {
        closed = true;
    }
}
