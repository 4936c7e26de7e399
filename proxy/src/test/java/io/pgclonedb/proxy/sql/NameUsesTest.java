package io.pgclonedb.proxy.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameUsesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXPLAIN ANALYZE EXECUTE \"s1\"",
                "CREATE TABLE t AS EXECUTE U&\"s\\0031\"",
                "MOVE c1",
                "MOVE ALL IN /* a comment */ c1",
                "FETCH BACKWARD FROM c1",
                "FETCH PRIOR c1",
                "FETCH FIRST FROM c1",
                "FETCH LAST IN c1",
                "FETCH ABSOLUTE 3 FROM c1",
                "FETCH RELATIVE 2 FROM c1",
                "FETCH -1 FROM c1",
                "FETCH FORWARD -1 FROM c1"
            })
    void refusesWhatWouldSkipCallsOrRunThemPastTheProxy(String sql) {
        NameUse use = use(sql);
        assertThat(use).isInstanceOf(NameUse.Refused.class);
        assertThat(((NameUse.Refused) use).error().sqlState()).isEqualTo("0A000");
        assertThat(((NameUse.Refused) use).error().position()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FETCH c1",
                "fetch C1;",
                "FETCH NEXT c1",
                "FETCH FROM c1",
                "FETCH NEXT FROM \"c1\"",
                "FETCH 10 IN c1",
                "FETCH ALL FROM c1",
                "FETCH ALL c1",
                "FETCH FORWARD c1",
                "FETCH FORWARD FROM c1",
                "FETCH FORWARD 100 FROM c1",
                "FETCH FORWARD ALL IN c1"
            })
    void servesFetchesOfTheNextRows(String sql) {
        assertThat(use(sql)).isEqualTo(new NameUse.Fetch("c1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXECUTE s1", "execute S1 (1, 'x')", "EXECUTE \"s1\"('a');"})
    void servesExecute(String sql) {
        assertThat(use(sql)).isEqualTo(new NameUse.Execute("s1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1; EXECUTE s1", "FETCH c1; FETCH c1", "BEGIN; MOVE c1"})
    void looksForThemInEveryStatement(String sql) {
        assertThat(use(sql)).isEqualTo(new NameUse.InScript());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EXECUTE s2",
                "EXECUTE c1",
                "FETCH s1",
                "MOVE s1",
                "SELECT s1, c1 FROM t",
                "SELECT 1; SELECT s1",
                "DEALLOCATE s1",
                "CLOSE c1",
                "SELECT 'EXECUTE s1'",
                "-- EXECUTE s1",
                "EXECUTE \"S1\"",
                "EXECUTE s1 'unterminated",
                ""
            })
    void letsEverythingElsePass(String sql) {
        assertThat(use(sql)).isEqualTo(new NameUse.None());
    }

    private static NameUse use(String sql) {
        PlanOptions options = new PlanOptions(true, ClientEncoding.UTF8, false, List.of(), () -> "nonce1");
        return NameUses.of(sql.getBytes(StandardCharsets.UTF_8), options, new NameUse.Holders() {
            @Override
            public boolean statement(String name) {
                return name.equals("s1");
            }

            @Override
            public boolean cursor(String name) {
                return name.equals("c1");
            }
        });
    }
}
