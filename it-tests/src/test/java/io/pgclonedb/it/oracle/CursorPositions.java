package io.pgclonedb.it.oracle;

import static io.pgclonedb.it.oracle.Outcome.REFUSED;
import static io.pgclonedb.it.oracle.Outcome.SERVED;
import static io.pgclonedb.it.oracle.Outcome.error;
import static io.pgclonedb.it.oracle.SqlPosition.place;

import java.util.List;

/** Cursors over calls, and statements with calls that are executed by name. */
final class CursorPositions {
    private static final String CURSOR = "DECLARE c CURSOR FOR SELECT x, {call} FROM generate_series(1, 3) AS x";

    static final List<SqlPosition> LIST = List.of(
            place("DECLARE CURSOR", "DECLARE c CURSOR FOR SELECT x, {call} FROM generate_series(1, 3) AS x")
                    .all(SERVED)
                    .before("BEGIN")
                    .after("FETCH c", "FETCH FORWARD 1 FROM c", "FETCH ALL FROM c", "FETCH c", "CLOSE c", "COMMIT"),
            place("DECLARE CURSOR, FROM", "DECLARE c NO SCROLL CURSOR FOR SELECT * FROM {call}")
                    .all(SERVED)
                    .before("BEGIN")
                    .after("FETCH 2 IN c", "COMMIT"),
            place("DECLARE CURSOR WITH HOLD", "DECLARE c CURSOR WITH HOLD FOR SELECT {call}")
                    .outcomes(SERVED, SERVED, REFUSED)
                    .before("BEGIN")
                    .after("COMMIT", "FETCH ALL FROM c", "CLOSE c"),
            place("DECLARE SCROLL CURSOR", "DECLARE c SCROLL CURSOR FOR SELECT {call}")
                    .outcomes(SERVED, SERVED, REFUSED)
                    .before("BEGIN")
                    .after("FETCH LAST FROM c", "FETCH FIRST FROM c", "COMMIT"),
            place("DECLARE BINARY CURSOR", "DECLARE c BINARY CURSOR FOR SELECT {call}")
                    .outcomes(SERVED, SERVED, REFUSED)
                    .before("BEGIN")
                    .after("FETCH c", "COMMIT"),
            fetch("FETCH", "FETCH c").all(SERVED),
            fetch("FETCH, a number", "FETCH 2 FROM c").all(SERVED),
            fetch("FETCH FORWARD", "FETCH FORWARD 2 IN c").all(SERVED),
            fetch("FETCH ALL", "FETCH ALL FROM c").all(SERVED),
            fetch("FETCH, what is left", "FETCH FORWARD ALL FROM c").all(SERVED),
            fetch("FETCH ABSOLUTE", "FETCH ABSOLUTE 2 FROM c").outcomes(SERVED, SERVED, REFUSED),
            fetch("FETCH RELATIVE", "FETCH RELATIVE 2 FROM c").outcomes(SERVED, SERVED, REFUSED),
            fetch("FETCH LAST", "FETCH LAST FROM c")
                    .outcomes(SERVED, error("55000"), REFUSED)
                    .described(SERVED, SERVED, REFUSED),
            fetch("MOVE", "MOVE 1 IN c").outcomes(SERVED, SERVED, REFUSED),
            place("CLOSE", "CLOSE c").all(SERVED).before("BEGIN", CURSOR).after("COMMIT"),
            execute("EXECUTE of a prepared statement", "EXECUTE ps")
                    .outcomes(REFUSED, REFUSED, SERVED)
                    .inParse(REFUSED),
            execute("EXPLAIN EXECUTE", "EXPLAIN EXECUTE ps").all(REFUSED),
            execute("EXPLAIN ANALYZE EXECUTE", "EXPLAIN ANALYZE EXECUTE ps").all(REFUSED),
            execute("CREATE TABLE AS EXECUTE", "CREATE TABLE made AS EXECUTE ps")
                    .all(REFUSED),
            execute("DEALLOCATE", "DEALLOCATE ps").all(SERVED));

    private CursorPositions() {}

    private static SqlPosition fetch(String name, String statement) {
        return place(name, statement).before("BEGIN", CURSOR).after("FETCH c", "COMMIT");
    }

    private static SqlPosition execute(String name, String statement) {
        return place(name, statement).prepared("SELECT {call}");
    }
}
