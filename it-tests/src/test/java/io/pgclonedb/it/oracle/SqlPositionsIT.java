package io.pgclonedb.it.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pgclonedb.it.oracle.SqlPositions.Cell;
import io.pgclonedb.it.oracle.Stage.Play;
import io.pgclonedb.it.server.PostgresServer;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell of the table in docs/sql-positions.md, played with real functions in PostgreSQL and through the proxy. */
class SqlPositionsIT {
    private static final Pattern POINTED_AT = Pattern.compile("pgclonedb\\.|\\$\\$ ");

    private static TwinDatabases twins;
    private static Stage oracle;
    private static Stage proxy;

    static Stream<Cell> cells() {
        return SqlPositions.cells();
    }

    @BeforeAll
    static void prepare() throws SQLException {
        twins = TwinDatabases.create();
        open();
    }

    private static void open() {
        oracle = new Stage(twins.oracle());
        proxy = new Stage(twins.proxy());
    }

    @AfterAll
    static void leave() throws SQLException {
        oracle.close();
        proxy.close();
        twins.close();
    }

    @ParameterizedTest
    @MethodSource("cells")
    void doesAsTheTableSays(Cell cell) {
        assumeTrue(
                PostgresServer.shared().version() >= cell.position().firstVersion(),
                "this version has no such statement");
        boolean passed = false;
        try {
            if (cell.outcome().equals(Outcome.REFUSED)) {
                refuses(cell);
            } else {
                doesAsPostgres(cell);
            }
            passed = true;
        } finally {
            if (!passed) {
                oracle.close();
                proxy.close();
                open();
            }
        }
    }

    private static void doesAsPostgres(Cell cell) {
        Play expected = oracle.play(cell, cell.position().oracleSql(cell.kind(), cell.protocol()));
        List<String> errors = errors(expected.trace());
        if (cell.outcome().equals(Outcome.SERVED)) {
            assertThat(errors).as("errors of PostgreSQL").isEmpty();
        } else {
            assertThat(errors)
                    .as("errors of PostgreSQL")
                    .first()
                    .asString()
                    .contains(" C=" + cell.outcome().sqlState() + " ");
        }
        Play actual = proxy.play(cell, cell.position().sql(cell.kind(), cell.protocol()));
        assertThat(Differences.between(compared(cell, expected.trace()), compared(cell, actual.trace())))
                .isEmpty();
        assertThat(actual.acts()).as("calls that acted").isEqualTo(expected.acts());
    }

    /** Without what the cell says is not compared. */
    private static String compared(Cell cell, String trace) {
        SqlPosition position = cell.position();
        return trace.lines()
                .filter(line -> line.startsWith("a< "))
                .filter(line -> !position.isPlan() || !line.startsWith("a< DataRow"))
                .map(line ->
                        position.isCall() ? line.replace("CommandComplete SELECT 1", "CommandComplete CALL") : line)
                .collect(Collectors.joining("\n"));
    }

    private static void refuses(Cell cell) {
        String sql = cell.position().sql(cell.kind(), cell.protocol());
        Play play = proxy.play(cell, sql);
        List<String> answer = play.trace()
                .lines()
                .dropWhile(line -> !line.startsWith("a< ErrorResponse"))
                .limit(2)
                .toList();
        boolean inTransaction = cell.position().before(cell.kind()).contains("BEGIN");
        assertThat(answer).as(play.trace()).hasSize(2).endsWith("a< ReadyForQuery " + (inTransaction ? "E" : "I"));
        assertThat(answer.get(0))
                .contains(" C=0A000 ", " H=")
                .matches(error -> pointsAtACall(error, sql), "points at the call");
        assertThat(play.acts()).as("calls that acted").isZero();
    }

    /** Or at the literal that it is in; a statement without a call has no such place. */
    private static boolean pointsAtACall(String error, String sql) {
        return !sql.contains("pgclonedb.")
                || POINTED_AT.matcher(sql).results().anyMatch(place -> error.endsWith(" P=" + (place.start() + 1)));
    }

    private static List<String> errors(String trace) {
        return trace.lines().filter(line -> line.startsWith("a< ErrorResponse")).toList();
    }
}
