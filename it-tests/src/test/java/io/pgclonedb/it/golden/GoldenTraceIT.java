package io.pgclonedb.it.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.proxy.ProxyUnderTest;
import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.it.server.TestRoles;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A session through the proxy reads, message by message, as the same session with PostgreSQL itself. */
class GoldenTraceIT {
    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final ProxyUnderTest PROXY = ProxyUnderTest.shared();
    private static final Map<GoldenScript, String> GOLDEN = new ConcurrentHashMap<>();

    static Stream<GoldenScript> scripts() {
        return Stream.of(SessionScripts.ALL, QueryScripts.ALL, ExtendedScripts.ALL, CopyScripts.ALL)
                .flatMap(List::stream);
    }

    @BeforeAll
    static void roles() throws SQLException {
        TestRoles.create(SERVER);
    }

    private static String golden(GoldenScript script) {
        return GOLDEN.computeIfAbsent(script, key -> key.play(SERVER.endpoint(), false));
    }

    /** The first line that differs, with the ones before it; empty when none does. */
    private static String firstDifference(String golden, String proxied) {
        List<String> expected = golden.lines().toList();
        List<String> actual = proxied.lines().toList();
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            String wanted = i < expected.size() ? expected.get(i) : "nothing more";
            String got = i < actual.size() ? actual.get(i) : "nothing more";
            if (!wanted.equals(got)) {
                List<String> before = expected.subList(Math.max(0, i - 6), Math.min(i, expected.size()));
                return String.join("\n", before) + "\nexpected: " + wanted + "\nbut was:  " + got;
            }
        }
        return "";
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void readsTheSame(GoldenScript script) {
        assertThat(firstDifference(golden(script), script.play(PROXY.endpoint(), false)))
                .isEmpty();
    }

    /** Every message split wherever it can be. */
    @ParameterizedTest
    @MethodSource("scripts")
    void readsTheSameByteByByte(GoldenScript script) {
        assertThat(firstDifference(golden(script), script.play(PROXY.endpoint(), true)))
                .isEmpty();
    }
}
