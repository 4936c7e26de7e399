package io.pgclonedb.proxy.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CloneProgressTest {
    private static final long GB = 1L << 30;

    @Test
    void tellsPercentBytesAndTimeLeft() {
        assertThat(CloneProgress.text("myapp_dev", 2 * GB, GB / 2, Duration.ofSeconds(4)))
                .isEqualTo("cloning into \"myapp_dev\": 25 % (512.0 MB of 2.0 GB), about 12.0 s left");
    }

    @Test
    void promisesNoEndItCannotSee() {
        assertThat(CloneProgress.text("d", GB, 0, Duration.ofSeconds(4)))
                .isEqualTo("cloning into \"d\": 0 % (0 bytes of 1.0 GB)");
        assertThat(CloneProgress.text("d", GB, GB + 8192, Duration.ofSeconds(4)))
                .isEqualTo("cloning into \"d\": 99 % (1.0 GB of 1.0 GB)");
        assertThat(CloneProgress.text("d", 0, 0, Duration.ofSeconds(4)))
                .isEqualTo("cloning into \"d\": 99 % (0 bytes of 0 bytes)");
    }
}
