package io.pgclonedb.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.netty.buffer.PooledByteBufAllocator;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeakCheckTest {
    @Test
    void findsABufferThatNobodyReleased() {
        // given
        PooledByteBufAllocator.DEFAULT.buffer(100).writeInt(1);
        // when
        AssertionError report = checkUntilItFails(Instant.now().plusSeconds(20));
        // then
        assertThat(report).hasMessageContaining("LeakCheckTest.findsABufferThatNobodyReleased");
    }

    @Test
    void isContentWithABufferThatWasReleased() {
        // given
        PooledByteBufAllocator.DEFAULT.buffer(100).writeInt(1).release();
        // then
        assertThatCode(LeakCheck::check).doesNotThrowAnyException();
    }

    /** The collector says of a buffer that it is gone when it likes. */
    private static AssertionError checkUntilItFails(Instant deadline) {
        while (Instant.now().isBefore(deadline)) {
            try {
                LeakCheck.check();
            } catch (AssertionError report) {
                return report;
            }
        }
        throw new IllegalStateException("the leak was not found");
    }
}
