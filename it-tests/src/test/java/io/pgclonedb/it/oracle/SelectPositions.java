package io.pgclonedb.it.oracle;

import static io.pgclonedb.it.oracle.Outcome.REFUSED;
import static io.pgclonedb.it.oracle.Outcome.SERVED;
import static io.pgclonedb.it.oracle.Outcome.error;
import static io.pgclonedb.it.oracle.SqlPosition.place;

import java.util.List;

/** Places in a SELECT. */
final class SelectPositions {
    private static final Outcome SET_NOT_ALLOWED = error("0A000");

    static final List<SqlPosition> LIST = List.of(
            place("select list", "SELECT {call}").all(SERVED),
            place("select list, with an alias", "SELECT {call} AS \"An Answer\"")
                    .all(SERVED),
            place("select list, twice", "SELECT {call}, {call} AS again").outcomes(SERVED, REFUSED, SERVED),
            place("select list, beside columns", "SELECT x, {call}, 'y' AS y FROM generate_series(1, 2) AS x")
                    .all(SERVED),
            place(
                            "select list, over chosen rows",
                            "SELECT x, {call} FROM generate_series(1, 4) AS x WHERE x > 1 LIMIT 1")
                    .all(SERVED),
            place("select list, over sorted rows", "SELECT x, {call} FROM generate_series(1, 2) AS x ORDER BY x DESC")
                    .all(SERVED),
            place("select list, over no rows", "SELECT {call} FROM generate_series(1, 2) AS x WHERE x > 2")
                    .all(SERVED),
            place("select list, beside an aggregate", "SELECT count(*), {call} FROM generate_series(1, 2) AS x")
                    .outcomes(SERVED, REFUSED, SERVED),
            place(
                            "select list, beside a window function",
                            "SELECT row_number() OVER (), {call} FROM generate_series(1, 2)")
                    .outcomes(SERVED, REFUSED, SERVED),
            place("select list, behind WITH", "WITH c AS (SELECT 7 AS x) SELECT x, {call} FROM c")
                    .all(SERVED),
            place("select list, with OFFSET", "SELECT x, {call} FROM generate_series(1, 3) AS x OFFSET 1")
                    .outcomes(SERVED, SERVED, REFUSED),
            place("select list, FETCH FIRST", "SELECT x, {call} FROM generate_series(1, 3) AS x FETCH FIRST 1 ROW ONLY")
                    .all(SERVED),
            place(
                            "select list, WITH TIES",
                            "SELECT x, {call} FROM generate_series(1, 3) AS x ORDER BY x FETCH FIRST 1 ROW WITH TIES")
                    .outcomes(SERVED, SERVED, REFUSED),
            place("select list, FOR UPDATE", "SELECT n, {call} FROM notes FOR UPDATE")
                    .outcomes(SERVED, REFUSED, REFUSED),
            place("select list, DISTINCT", "SELECT DISTINCT {call} FROM generate_series(1, 2)")
                    .outcomes(SERVED, REFUSED, REFUSED),
            place("select list, GROUP BY", "SELECT x, {call} FROM generate_series(1, 2) AS x GROUP BY x ORDER BY x")
                    .outcomes(SERVED, REFUSED, REFUSED),
            place(
                            "select list, sorted by the call",
                            "SELECT x, {call} AS c FROM generate_series(1, 2) AS x ORDER BY c, x")
                    .outcomes(SERVED, SERVED, REFUSED),
            place("in an expression", "SELECT {call} IS NULL").outcomes(SERVED, REFUSED, REFUSED),
            place("in a cast", "SELECT {call}::varchar").outcomes(SERVED, REFUSED, REFUSED),
            place("in parentheses", "SELECT ({call})").outcomes(SERVED, SERVED, REFUSED),
            place("all columns of the result", "SELECT ({call}).*").outcomes(error("42809"), SERVED, REFUSED),
            place("one column of the result", "SELECT ({call}).target").outcomes(error("42809"), SERVED, REFUSED),
            place("argument of a function", "SELECT length({call}::text)").outcomes(SERVED, REFUSED, REFUSED),
            place("argument of an aggregate", "SELECT count({call})").outcomes(SERVED, SET_NOT_ALLOWED, REFUSED),
            place("CASE", "SELECT CASE WHEN true THEN {call} END").outcomes(SERVED, SET_NOT_ALLOWED, REFUSED),
            place("COALESCE", "SELECT coalesce({call}, NULL)").outcomes(SERVED, SET_NOT_ALLOWED, REFUSED),
            place("array", "SELECT ARRAY[{call}]").outcomes(SERVED, REFUSED, REFUSED),
            place("FROM", "SELECT * FROM {call}").all(SERVED),
            place("FROM, with an alias", "SELECT r.* FROM {call} AS r").all(SERVED),
            place("FROM, with a list of columns", "SELECT * FROM {call} AS r(c)")
                    .all(SERVED),
            place("FROM, chosen", "SELECT * FROM {call} AS r WHERE r IS NULL").outcomes(SERVED, SERVED, REFUSED),
            place("FROM, aggregated", "SELECT count(*) FROM {call}").outcomes(SERVED, SERVED, REFUSED),
            place("FROM, beside others", "SELECT x, r FROM generate_series(1, 2) AS x, {call} AS r")
                    .outcomes(SERVED, SERVED, REFUSED),
            place("FROM, LATERAL", "SELECT r.* FROM generate_series(1, 2) AS x LEFT JOIN LATERAL {call} AS r ON true")
                    .outcomes(SERVED, SERVED, REFUSED),
            place("FROM, WITH ORDINALITY", "SELECT * FROM {call} WITH ORDINALITY")
                    .all(REFUSED),
            place("FROM, ROWS FROM", "SELECT * FROM ROWS FROM ({call}) AS r").all(REFUSED),
            place(
                            "JOIN condition",
                            "SELECT x FROM generate_series(1, 2) AS x JOIN generate_series(1, 2) AS y ON {call} IS NULL")
                    .outcomes(SERVED, SET_NOT_ALLOWED, REFUSED),
            place("WHERE", "SELECT x FROM generate_series(1, 2) AS x WHERE {call} IS NOT NULL")
                    .outcomes(SERVED, SET_NOT_ALLOWED, REFUSED),
            place("GROUP BY", "SELECT count(*) FROM generate_series(1, 2) GROUP BY {call}")
                    .outcomes(SERVED, REFUSED, REFUSED),
            place("HAVING", "SELECT count(*) FROM generate_series(1, 2) HAVING {call} IS NOT NULL")
                    .outcomes(SERVED, SET_NOT_ALLOWED, REFUSED),
            place("ORDER BY", "SELECT x FROM generate_series(1, 2) AS x ORDER BY {call}, x")
                    .outcomes(SERVED, REFUSED, REFUSED),
            place("LIMIT", "SELECT x FROM generate_series(1, 2) AS x LIMIT length({call})")
                    .outcomes(SERVED, SET_NOT_ALLOWED, REFUSED),
            place("window definition", "SELECT count(*) OVER (PARTITION BY {call}) FROM generate_series(1, 2)")
                    .outcomes(SERVED, REFUSED, REFUSED),
            place("sub-select", "SELECT (SELECT {call} LIMIT 1)").outcomes(SERVED, SERVED, REFUSED),
            place("sub-select in FROM", "SELECT * FROM (SELECT {call} AS c) AS s")
                    .outcomes(SERVED, SERVED, REFUSED),
            place("FROM of a sub-select", "SELECT (SELECT count(*) FROM {call})")
                    .outcomes(SERVED, SERVED, REFUSED),
            place("EXISTS", "SELECT EXISTS (SELECT 1 FROM {call})").outcomes(SERVED, SERVED, REFUSED),
            place("IN", "SELECT 'x' IN (SELECT {call}::text)").outcomes(SERVED, REFUSED, REFUSED),
            place("WITH", "WITH c AS (SELECT {call} AS c) SELECT * FROM c").outcomes(SERVED, SERVED, REFUSED),
            place("FROM of a WITH", "WITH c AS (SELECT * FROM {call}) SELECT count(*) FROM c")
                    .outcomes(SERVED, SERVED, REFUSED),
            place("UNION", "SELECT 'x' AS x UNION ALL SELECT {call}::text").outcomes(SERVED, REFUSED, REFUSED),
            place("SELECT in parentheses", "(SELECT {call})").outcomes(SERVED, SERVED, REFUSED),
            place("argument of a call", "SELECT pgclonedb.help({call}::text)").all(REFUSED),
            place("VALUES", "VALUES ({call})").outcomes(SERVED, SET_NOT_ALLOWED, REFUSED));

    private SelectPositions() {}
}
