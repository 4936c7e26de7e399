package io.pgclonedb.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pgclonedb.proxy.error.PgException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogNameTest {
    static Stream<String> taken() {
        return Stream.of("a", "A b", "\"", "x".repeat(63), "ä".repeat(31), "😀".repeat(15), "\n");
    }

    @ParameterizedTest
    @MethodSource("taken")
    void isTakenAsItStands(String name) {
        assertThat(CatalogName.checked(name)).isEqualTo(name);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("", "42602"),
                Arguments.of("a\0b", "42602"),
                Arguments.of("a\ud800", "42602"),
                Arguments.of("\udc00a", "42602"),
                Arguments.of("x".repeat(64), "42622"),
                Arguments.of("ä".repeat(32), "42622"),
                Arguments.of("😀".repeat(16), "42622"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void isRefusedWhenTheServerWouldTakeAnother(String name, String sqlState) {
        PgException error = catchThrowableOfType(PgException.class, () -> CatalogName.checked(name));

        assertThat(error.sqlState()).isEqualTo(sqlState);
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 100_000})
    void isCountedInBytes(int bytes) {
        assertThat(catchThrowableOfType(PgException.class, () -> CatalogName.checked("x".repeat(bytes)))
                        .detail())
                .isEqualTo("A name may have at most 63 bytes.");
    }
}
