package io.pgclonedb.proxy.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.proxy.error.PgException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameUsesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXECUTE s1",
                "execute S1 (1, 'x')",
                "SELECT 1; EXECUTE s1",
                "EXPLAIN ANALYZE EXECUTE \"s1\"",
                "CREATE TABLE t AS EXECUTE U&\"s\\0031\"",
                "FETCH s1",
                "FETCH FORWARD 10 FROM s1",
                "MOVE ALL IN /* a comment */ s1"
            })
    void refusesAUseByName(String sql) {
        PgException refusal = refusal(sql).orElseThrow();
        assertThat(refusal.sqlState()).isEqualTo("0A000");
        assertThat(refusal.position()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXECUTE s2",
                "SELECT s1 FROM t",
                "SELECT 1; SELECT s1",
                "DEALLOCATE s1",
                "SELECT 'EXECUTE s1'",
                "-- EXECUTE s1",
                "EXECUTE \"S1\"",
                "EXECUTE s1 'unterminated",
                ""
            })
    void letsEverythingElsePass(String sql) {
        assertThat(refusal(sql)).isEmpty();
    }

    private static Optional<PgException> refusal(String sql) {
        PlanOptions options = new PlanOptions(true, ClientEncoding.UTF8, false, List.of(), () -> "nonce1");
        return NameUses.refusal(sql.getBytes(StandardCharsets.UTF_8), options, Set.of("s1")::contains);
    }
}
