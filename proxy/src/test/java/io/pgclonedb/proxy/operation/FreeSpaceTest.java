package io.pgclonedb.proxy.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pgclonedb.proxy.error.PgException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreeSpaceTest {
    private static final FreeSpaceSource SILENT = (connection, tablespace) -> OptionalLong.empty();

    @Test
    void believesTheFirstSourceThatCanTell() throws SQLException {
        FreeSpace space = new FreeSpace(List.of(
                SILENT,
                (connection, tablespace) -> OptionalLong.of(7),
                (connection, tablespace) -> OptionalLong.of(9)));

        assertThat(space.bytes(null, FreeSpaceSource.DEFAULT_TABLESPACE)).isEqualTo(7);
    }

    @Test
    void refusesWhenNoSourceCanTellAndNamesTheSettings() {
        PgException error = catchThrowableOfType(
                PgException.class,
                () -> new FreeSpace(List.of(SILENT)).bytes(null, FreeSpaceSource.DEFAULT_TABLESPACE));

        assertThat(error.sqlState()).isEqualTo("55000");
        assertThat(error.hint()).contains("data_path", "volume_size", "min_free_bytes");
    }

    @Test
    void takesALocalPathForTheDataDirectoryOnly() {
        LocalPathSpace here = new LocalPathSpace(Path.of("."));

        assertThat(here.freeBytes(null, FreeSpaceSource.DEFAULT_TABLESPACE)).isPresent();
        assertThat(here.freeBytes(null, 16_384)).isEmpty();
        assertThat(new LocalPathSpace(Path.of("/no/such/path")).freeBytes(null, FreeSpaceSource.DEFAULT_TABLESPACE))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"100, 60, 0, 40", "100, 60, 30, 10", "100, 100, 0, 0", "0, 0, 0, 0"})
    void letsACloneThroughThatFits(long free, long clone, long promised, long margin) {
        assertThatCode(() -> DiskCheck.requireSpace(free, clone, promised, margin))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "100, 60, 0, 41",
        "100, 60, 41, 0",
        "100, 101, 0, 0",
        "100, 1, 0, 9223372036854775807",
        "9223372036854775807, 9223372036854775807, 1, 0"
    })
    void refusesACloneThatDoesNot(long free, long clone, long promised, long margin) {
        PgException error =
                catchThrowableOfType(PgException.class, () -> DiskCheck.requireSpace(free, clone, promised, margin));

        assertThat(error.sqlState()).isEqualTo("53100");
    }

    @Test
    void saysWhatIsNeededFreeAndToBeLeft() {
        PgException error = catchThrowableOfType(
                PgException.class, () -> DiskCheck.requireSpace(5 << 20, 3 << 20, 2048, 10_737_418_240L));

        assertThat(error.detail())
                .isEqualTo("Needed: 3145728 bytes (3.0 MB), running clones still need 2048 bytes (2.0 kB);"
                        + " free: 5242880 bytes (5.0 MB); margin: 10737418240 bytes (10.0 GB).");
    }
}
