package io.pgclonedb.it.oracle;

import static io.pgclonedb.it.oracle.Outcome.REFUSED;
import static io.pgclonedb.it.oracle.Outcome.SERVED;
import static io.pgclonedb.it.oracle.Outcome.error;
import static io.pgclonedb.it.oracle.SqlPosition.place;

import java.util.List;

/** Places in other statements; {@code notes} is a table with two rows. */
final class StatementPositions {
    private static final Outcome SET_NOT_ALLOWED = error("0A000");
    private static final String LOOK = "SELECT n, length(note) FROM notes ORDER BY n, note";
    private static final String LOOK_AT_MADE = "SELECT count(*) FROM made";

    static final List<SqlPosition> LIST = List.of(
            place("INSERT, VALUES", "INSERT INTO notes VALUES (3, {call})")
                    .outcomes(SERVED, REFUSED, REFUSED)
                    .after(LOOK),
            place("INSERT, several VALUES", "INSERT INTO notes VALUES (3, {call}), (4, 'y') RETURNING n")
                    .outcomes(SERVED, SET_NOT_ALLOWED, REFUSED)
                    .after(LOOK),
            place("INSERT, SELECT", "INSERT INTO notes SELECT 3, {call}::text")
                    .outcomes(SERVED, REFUSED, REFUSED)
                    .after(LOOK),
            place("INSERT, FROM of the SELECT", "INSERT INTO notes SELECT count(*) FROM {call} AS r")
                    .outcomes(SERVED, SERVED, REFUSED)
                    .after(LOOK),
            place("INSERT, RETURNING", "INSERT INTO notes VALUES (3, 'x') RETURNING {call}")
                    .outcomes(SERVED, SET_NOT_ALLOWED, REFUSED)
                    .after(LOOK),
            place(
                            "INSERT, ON CONFLICT",
                            "INSERT INTO notes VALUES (1, 'x') ON CONFLICT (n) DO UPDATE SET note = {call}")
                    .outcomes(SERVED, SET_NOT_ALLOWED, REFUSED)
                    .before("CREATE UNIQUE INDEX ON notes (n)")
                    .after(LOOK),
            place("UPDATE, SET", "UPDATE notes SET note = {call} WHERE n = 1")
                    .outcomes(SERVED, SET_NOT_ALLOWED, REFUSED)
                    .after(LOOK),
            place("UPDATE, FROM", "UPDATE notes SET note = 'f' FROM {call} AS r WHERE n = 1")
                    .outcomes(SERVED, SERVED, REFUSED)
                    .after(LOOK),
            place("UPDATE, WHERE", "UPDATE notes SET note = 'w' WHERE {call} IS NOT NULL")
                    .outcomes(SERVED, SET_NOT_ALLOWED, REFUSED)
                    .after(LOOK),
            place("DELETE, WHERE", "DELETE FROM notes WHERE n = 1 AND {call} IS NOT NULL RETURNING n")
                    .outcomes(SERVED, SET_NOT_ALLOWED, REFUSED)
                    .after(LOOK),
            place("DELETE, USING", "DELETE FROM notes USING {call} AS r WHERE n = 1")
                    .outcomes(SERVED, SERVED, REFUSED)
                    .after(LOOK),
            place(
                            "MERGE, USING",
                            "MERGE INTO notes USING (SELECT count(*) + 2 AS m FROM {call}) AS s ON n = m"
                                    + " WHEN NOT MATCHED THEN INSERT VALUES (m, 'merged')")
                    .outcomes(SERVED, SERVED, REFUSED)
                    .after(LOOK)
                    .since(15),
            place(
                            "MERGE, action",
                            "MERGE INTO notes USING (SELECT 1 AS m) AS s ON n = m"
                                    + " WHEN MATCHED THEN UPDATE SET note = {call}")
                    .outcomes(SERVED, SET_NOT_ALLOWED, REFUSED)
                    .after(LOOK)
                    .since(15),
            place("CREATE TABLE AS", "CREATE TABLE made AS SELECT 1 AS n, {call}::text AS t")
                    .outcomes(SERVED, REFUSED, REFUSED)
                    .after(LOOK_AT_MADE),
            place("CREATE TABLE AS, FROM", "CREATE TABLE made AS SELECT * FROM {call}")
                    .outcomes(SERVED, SERVED, REFUSED)
                    .after(LOOK_AT_MADE),
            place("CREATE TABLE AS, WITH NO DATA", "CREATE TABLE made AS SELECT * FROM {call} WITH NO DATA")
                    .outcomes(SERVED, SERVED, REFUSED)
                    .after(LOOK_AT_MADE),
            place("SELECT INTO", "SELECT 1 AS n, {call}::text AS t INTO made")
                    .outcomes(SERVED, REFUSED, REFUSED)
                    .after(LOOK_AT_MADE),
            place("COPY TO STDOUT", "COPY (SELECT 1, {call}::text) TO STDOUT")
                    .outcomes(SERVED, REFUSED, REFUSED)
                    .inParse(REFUSED),
            place("COPY TO STDOUT, FROM", "COPY (SELECT * FROM {call}) TO STDOUT (FORMAT csv, HEADER)")
                    .outcomes(SERVED, SERVED, REFUSED)
                    .inParse(REFUSED),
            place("EXPLAIN", "EXPLAIN SELECT {call}").all(SERVED).plan(),
            place("EXPLAIN with options", "EXPLAIN (VERBOSE, COSTS off) SELECT * FROM {call}")
                    .all(SERVED)
                    .plan(),
            place("EXPLAIN ANALYZE", "EXPLAIN ANALYZE SELECT {call}")
                    .outcomes(SERVED, SERVED, REFUSED)
                    .plan(),
            place("EXPLAIN INSERT", "EXPLAIN INSERT INTO notes SELECT 3, {call}::text")
                    .outcomes(SERVED, REFUSED, REFUSED)
                    .plan()
                    .after(LOOK),
            place("CALL", "CALL {call}").callOf("SELECT {call}").outcomes(SERVED, REFUSED, SERVED),
            place("PREPARE", "PREPARE p AS SELECT {call}").all(REFUSED),
            place("CREATE VIEW", "CREATE VIEW made AS SELECT {call}").all(REFUSED),
            place("CREATE MATERIALIZED VIEW", "CREATE MATERIALIZED VIEW made AS SELECT * FROM {call}")
                    .all(REFUSED),
            place("CREATE RULE", "CREATE RULE made AS ON UPDATE TO notes DO INSTEAD SELECT {call}")
                    .all(REFUSED),
            place("column default", "CREATE TABLE made (n int, note text DEFAULT {call})")
                    .all(REFUSED),
            place("check constraint", "ALTER TABLE notes ADD CHECK ({call} IS NULL)")
                    .all(REFUSED),
            place("index", "CREATE INDEX made ON notes (({call}))").all(REFUSED),
            place("DO", "DO $$ BEGIN PERFORM {call}; END $$").all(REFUSED),
            place("function body", "CREATE FUNCTION made() RETURNS text LANGUAGE sql AS $$ SELECT {call}::text $$")
                    .all(REFUSED),
            place("function body in SQL", "CREATE FUNCTION made() RETURNS text LANGUAGE sql RETURN {call}::text")
                    .all(REFUSED));

    private StatementPositions() {}
}
