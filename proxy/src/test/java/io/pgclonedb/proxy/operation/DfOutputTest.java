package io.pgclonedb.proxy.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DfOutputTest {
    private static final String HEADER = "Filesystem     1024-blocks     Used Available Capacity Mounted on";

    @Test
    void readsTheAvailableBlocks() {
        assertThat(DfOutput.availableBytes(List.of(HEADER, "/dev/vda         264212084 23862544  82528368      23% /")))
                .hasValue(82528368L * 1024);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nas:/export/my data 100 60 40 60% /mnt/pg data",
                "overlay 100 60 40 60% /",
                "zfs/pool1 100 60 40 60% /var/lib/postgresql",
                "//host/share name 2 100 60 40 60% /mnt",
                "tmpfs 100 60 40 - /tmp"
            })
    void readsNamesWithSpacesAndDigits(String line) {
        assertThat(DfOutput.availableBytes(List.of(HEADER, line))).hasValue(40 * 1024);
    }

    @Test
    void takesLessThanNothingForNothing() {
        assertThat(DfOutput.availableBytes(List.of(HEADER, "/dev/vda 100 110 -10 110% /")))
                .hasValue(0);
    }

    @Test
    void knowsNothingWhenTheOutputIsNotWhatItExpects() {
        assertThat(DfOutput.availableBytes(List.of())).isEqualTo(OptionalLong.empty());
        assertThat(DfOutput.availableBytes(List.of(HEADER))).isEmpty();
        assertThat(DfOutput.availableBytes(List.of(HEADER, "/dev/vda 100 60 40")))
                .isEmpty();
        assertThat(DfOutput.availableBytes(List.of("df: /nowhere: No such file or directory")))
                .isEmpty();
        assertThat(DfOutput.availableBytes(List.of(HEADER, "a 100 60 40 60% /", "b 100 60 30 70% /b")))
                .isEmpty();
        assertThat(DfOutput.availableBytes(List.of(HEADER, "a 100 60 99999999999999999999 60% /")))
                .isEmpty();
    }

    @Test
    void quotesAPathForTheShell() {
        assertThat(ServerDfSpace.shell("/data/it's; rm -rf $HOME `x`")).isEqualTo("'/data/it'\\''s; rm -rf $HOME `x`'");
    }
}
