package io.pgclonedb.it.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.golden.GoldenScript;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions with calls read, message by message, as with real functions in PostgreSQL, and act as often. */
class OracleTraceIT {
    private static TwinDatabases twins;

    static Stream<GoldenScript> scripts() {
        return Stream.of(
                        TransactionScripts.ALL,
                        StringScripts.ALL,
                        CopyInStringScripts.ALL,
                        PipelineScripts.ALL,
                        PreparedScripts.ALL,
                        PortalScripts.ALL,
                        CursorScripts.ALL,
                        ArgumentScripts.ALL)
                .flatMap(List::stream);
    }

    @BeforeAll
    static void prepare() throws SQLException {
        twins = TwinDatabases.create();
    }

    @AfterAll
    static void leave() throws SQLException {
        twins.close();
    }

    private record Play(String trace, long acts) {
        static Play of(GoldenScript script, Side side) {
            long before = side.acted();
            String trace = script.playIn(side.converse(false));
            return new Play(trace, side.acted() - before);
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void readsAsWithRealFunctions(GoldenScript script) {
        Play expected = Play.of(script, twins.oracle());
        Play actual = Play.of(script, twins.proxy());
        assertThat(Differences.between(expected.trace(), actual.trace())).isEmpty();
        assertThat(actual.acts()).as("calls that acted").isEqualTo(expected.acts());
    }

    static Stream<Difference> differences() {
        return Differences.IN_TRACES.stream();
    }

    /** A difference that is no more has to leave the list. */
    @ParameterizedTest
    @MethodSource("differences")
    void differsAsListed(Difference difference) {
        String expected = Play.of(difference.example(), twins.oracle()).trace();
        String actual = Play.of(difference.example(), twins.proxy()).trace();
        assertThat(Differences.between(expected, actual)).isEmpty();
        assertThat(Differences.withOnly(difference, expected)).isNotEqualTo(Differences.withOnly(difference, actual));
    }

    /** The server evaluates a row as a whole before the proxy sees it. */
    @Test
    void doesNotActForARowThatTheServerFailsOn() {
        Play expected = Play.of(TransactionScripts.FAILING_ROWS, twins.oracle());
        Play actual = Play.of(TransactionScripts.FAILING_ROWS, twins.proxy());
        assertThat(Differences.between(expected.trace(), actual.trace())).isEmpty();
        assertThat(expected.acts()).isEqualTo(3);
        assertThat(actual.acts()).isEqualTo(2);
    }

    @Test
    void tellsTheTimeOfEachStatement() {
        assertThat(Play.of(StringScripts.TIMES, twins.oracle()).trace().split("DataRow \\[same]"))
                .hasSize(3);
        assertThat(Play.of(StringScripts.TIMES, twins.proxy()).trace().split("DataRow \\[same]"))
                .hasSizeLessThan(3);
    }

    @Test
    void endsTheTransactionOfAPipelineWithAQuery() {
        Play expected = Play.of(PipelineScripts.QUERY_BEHIND_OTHERS, twins.oracle());
        Play actual = Play.of(PipelineScripts.QUERY_BEHIND_OTHERS, twins.proxy());
        assertThat(actual.trace()).doesNotContain("ReadyForQuery T");
        assertThat(Differences.between(expected.trace().replace("ReadyForQuery T", "ReadyForQuery I"), actual.trace()))
                .isEmpty();
    }
}
