package io.pgclonedb.proxy.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "1, 1 byte",
        "1023, 1023 bytes",
        "1024, 1.0 kB",
        "1536, 1.5 kB",
        "1048575, 1.0 MB",
        "10737418240, 10.0 GB",
        "1288490189, 1.2 GB",
        "9223372036854775807, 8.0 EB",
        "-2048, -2.0 kB",
        "-9223372036854775808, -8.0 EB"
    })
    void showsASizeInTheLargestUnitThatFits(long bytes, String text) {
        assertThat(Figures.size(bytes)).isEqualTo(text);
    }

    @Test
    void showsPlainBytesBesideTheReadableSize() {
        assertThat(Figures.bytes(10_737_418_240L)).isEqualTo("10737418240 bytes (10.0 GB)");
        assertThat(Figures.bytes(12)).isEqualTo("12 bytes");
        assertThat(Figures.bytes(1)).isEqualTo("1 byte");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0.0 s",
        "3449, 3.4 s",
        "59949, 59.9 s",
        "59950, 1 min 0 s",
        "725000, 12 min 5 s",
        "3600000, 1 h 0 min",
        "9000000, 2 h 30 min"
    })
    void showsADurationAsPeopleSayIt(long millis, String text) {
        assertThat(Figures.duration(Duration.ofMillis(millis))).isEqualTo(text);
    }
}
