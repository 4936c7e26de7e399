package io.pgclonedb.leak;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * After each test class, collects garbage and fails the class when buffers went away unreleased. A leak that only shows
 * later fails a later class, or at the latest the end of the run; the report says where the buffer was touched. Loaded as
 * a service with every test class; {@code -Dio.netty.leakDetection.level=paranoid} makes it see every buffer.
 */
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
    static {
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new CollectingDetectorFactory());
    }

    /** The detector looks for leaks while it hands out a buffer. */
    private static final int BUFFERS = 64;

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(LeakCheck.class))
                .getOrComputeIfAbsent(LastCheck.class);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        check();
    }

    @SuppressWarnings("ThreadPriorityCheck")
    static void check() {
        System.gc();
        Thread.yield();
        for (int i = 0; i < BUFFERS; i++) {
            PooledByteBufAllocator.DEFAULT.buffer(16).release();
        }
        List<String> leaks = CollectingDetector.takeReports();
        if (!leaks.isEmpty()) {
            throw new AssertionError(leaks.size() + " buffers were not released: " + String.join("\n", leaks));
        }
    }

    /** Closed when the last test of the run has ended. */
    static final class LastCheck implements AutoCloseable {
        @Override
        public void close() {
            check();
        }
    }
}
