package io.pgclonedb.it.oracle;

import static io.pgclonedb.it.oracle.Scripts.ACT;
import static io.pgclonedb.it.oracle.Scripts.ACT_MORE;
import static io.pgclonedb.it.oracle.Scripts.FAILING;
import static io.pgclonedb.it.oracle.Scripts.REFUSED;
import static io.pgclonedb.it.oracle.Scripts.ROWS;
import static io.pgclonedb.it.oracle.Scripts.TEXT;
import static io.pgclonedb.it.oracle.Scripts.queries;
import static io.pgclonedb.it.oracle.Scripts.with;

import io.pgclonedb.it.golden.GoldenScript;
import io.pgclonedb.it.wire.Frontend;
import io.pgclonedb.it.wire.RawClient;
import java.util.List;

/** Several statements in one string, and the transaction that PostgreSQL makes of them. */
final class StringScripts {
    private static final String TABLE = "CREATE TEMP TABLE t (n int)";
    private static final String COUNT = "SELECT count(*) FROM t";
    private static final String INSERT = "INSERT INTO t VALUES (1)";

    static final List<GoldenScript> ALL = List.of(
            queries("calls only", ACT + "; " + TEXT + "; " + ROWS, ROWS + ";" + ACT, TEXT + ";" + TEXT),
            queries(
                    "calls among statements",
                    ACT + "; SELECT 1",
                    "SELECT 1; " + ACT + "; SELECT 2",
                    "SELECT 1; " + ROWS,
                    "SELECT 1 WHERE false; " + TEXT + "; SELECT 'a;b', $$;$$"),
            queries(
                    "empty statements",
                    ";;" + ACT + ";;",
                    " ; " + TEXT + "; -- the end",
                    ACT + "; ; " + ACT_MORE + ";",
                    "/* ; */ " + ACT + " /* ; */ ;"),
            queries(
                    "syntax error anywhere: nothing runs",
                    TABLE,
                    INSERT + "; " + ACT + "; SELEC 3",
                    "SELEC 1; " + ACT,
                    ACT + "; SELECT 1 FROM; " + ACT_MORE,
                    ACT + "; SELECT 'open",
                    ACT + "; SELECT \"\"",
                    COUNT),
            queries("syntax error in a transaction", "BEGIN", ACT + "; SELEC 2", ACT, "ROLLBACK"),
            queries("error in the middle", TABLE, INSERT + "; " + ACT + "; SELECT 1/0; " + ACT_MORE, COUNT),
            queries(
                    "unknown table in the middle",
                    TABLE,
                    INSERT + "; " + ACT + "; SELECT * FROM nowhere; " + ACT,
                    COUNT),
            queries("refused call in the middle", TABLE, INSERT + "; " + REFUSED + "; SELECT 2", COUNT),
            queries("failing call at the end", TABLE, INSERT + "; " + ACT + "; " + FAILING, COUNT),
            queries("unknown function in the middle", TABLE, INSERT + "; SELECT pgclonedb.halp(); SELECT 2", COUNT),
            queries(
                    "BEGIN and COMMIT inside",
                    TABLE,
                    INSERT + "; BEGIN; " + INSERT + "; " + ACT + "; COMMIT; SELECT 1/0",
                    COUNT,
                    "BEGIN; " + ACT + "; " + INSERT + "; COMMIT; " + ACT_MORE,
                    COUNT),
            queries(
                    "BEGIN inside, left open",
                    TABLE,
                    "BEGIN; " + ACT + "; " + INSERT,
                    "SELECT 2; " + ACT_MORE + "; COMMIT; SELECT 3",
                    COUNT),
            queries("BEGIN after statements, left open", TABLE, INSERT + "; " + ACT + "; BEGIN", "ROLLBACK", COUNT),
            queries(
                    "BEGIN with options",
                    "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY; " + TEXT + "; "
                            + "SHOW transaction_isolation; SHOW transaction_read_only; COMMIT",
                    "SHOW transaction_read_only"),
            queries(
                    "START TRANSACTION, END, ABORT",
                    "START TRANSACTION; " + ACT + "; END",
                    "BEGIN WORK; " + ACT + "; ABORT",
                    "BEGIN TRANSACTION; " + ACT + "; COMMIT WORK"),
            queries("BEGIN twice", "BEGIN; BEGIN; " + ACT + "; COMMIT; COMMIT"),
            queries("COMMIT in the middle", TABLE, INSERT + "; " + ACT + "; COMMIT; " + INSERT + "; SELECT 1/0", COUNT),
            queries("ROLLBACK in the middle", TABLE, INSERT + "; " + ACT + "; ROLLBACK; " + INSERT + "; " + ACT, COUNT),
            queries("COMMIT at the end", TABLE, INSERT + "; " + ACT + "; COMMIT", COUNT),
            queries("ROLLBACK at the end", TABLE, ACT + "; " + INSERT + "; ROLLBACK", COUNT),
            queries("COMMIT first", "COMMIT; " + ACT, "ROLLBACK; " + ACT),
            queries("COMMIT ends an open transaction", TABLE, "BEGIN", INSERT + "; " + ACT + "; COMMIT; " + ACT, COUNT),
            queries("ROLLBACK ends an open one", TABLE, "BEGIN", INSERT + "; " + ACT + "; ROLLBACK; " + ACT, COUNT),
            queries("chains", "BEGIN; " + ACT + "; COMMIT AND CHAIN; SELECT 1", "ROLLBACK AND CHAIN; " + ACT, "COMMIT"),
            queries(
                    "chains outside",
                    TABLE,
                    INSERT + "; " + ACT + "; COMMIT AND CHAIN; SELECT 1",
                    COUNT,
                    ACT + "; ROLLBACK AND CHAIN"),
            queries("savepoint outside", TABLE, INSERT + "; " + ACT + "; SAVEPOINT s; SELECT 1", COUNT),
            queries("release outside", ACT + "; RELEASE SAVEPOINT s", ACT + "; ROLLBACK TO SAVEPOINT s"),
            queries(
                    "savepoints inside",
                    TABLE,
                    "BEGIN; SAVEPOINT s; " + INSERT + "; " + ACT + "; ROLLBACK TO s; RELEASE s; " + INSERT + "; COMMIT",
                    COUNT),
            queries("no such savepoint", "BEGIN; " + ACT + "; ROLLBACK TO nowhere; SELECT 1", "ROLLBACK"),
            queries(
                    "failing in an open transaction",
                    "BEGIN; " + ACT + "; SELECT 1/0; " + ACT,
                    ACT + "; SELECT 1",
                    "SELECT 1; " + TEXT,
                    "ROLLBACK; " + ACT),
            queries("COMMIT of a failed transaction", "BEGIN; SELECT 1/0", "COMMIT; " + ACT + "; SELECT 2"),
            queries(
                    "rollback to a savepoint after a failure",
                    "BEGIN; SAVEPOINT s; " + REFUSED,
                    "ROLLBACK TO s; " + ACT + "; SELECT 1",
                    "COMMIT"),
            queries(
                    "VACUUM",
                    ACT + "; VACUUM notes; SELECT 1",
                    "VACUUM notes; " + ACT,
                    "BEGIN; VACUUM notes; " + ACT,
                    "ROLLBACK"),
            queries(
                    "CREATE DATABASE",
                    ACT + "; CREATE DATABASE orc_never",
                    "CREATE DATABASE orc_never; " + ACT,
                    "COMMIT; CREATE DATABASE orc_never; " + ACT),
            queries(
                    "other commands that want no transaction",
                    ACT + "; DROP DATABASE orc_nothing",
                    ACT + "; CREATE INDEX CONCURRENTLY ON notes (n)",
                    ACT + "; ALTER SYSTEM RESET ALL"),
            queries(
                    "DISCARD ALL",
                    ACT + "; DISCARD ALL; SELECT 1",
                    "DISCARD ALL; " + ACT,
                    ACT + "; DISCARD PLANS; DISCARD TEMP"),
            queries(
                    "PREPARE TRANSACTION",
                    TABLE.replace("TEMP ", "") + "; " + ACT,
                    "BEGIN; " + INSERT + "; " + ACT + "; PREPARE TRANSACTION 'orc'; " + ACT + "; SELECT 1",
                    "ROLLBACK PREPARED 'orc'",
                    ACT + "; PREPARE TRANSACTION 'orc'; SELECT 1",
                    "ROLLBACK PREPARED 'orc'",
                    "BEGIN; PREPARE TRANSACTION 'orc'; " + ACT + "; COMMIT PREPARED 'orc'",
                    "ROLLBACK PREPARED 'orc'",
                    "DROP TABLE t; " + ACT),
            queries(
                    "SET LOCAL",
                    "SET LOCAL work_mem = '1MB'; " + ACT + "; SHOW work_mem",
                    "SHOW work_mem",
                    ACT + "; SET LOCAL work_mem = '2MB'; SHOW work_mem; ROLLBACK; SHOW work_mem"),
            queries(
                    "SET undone",
                    "SET work_mem = '3MB'; " + ACT + "; SELECT 1/0",
                    "SHOW work_mem",
                    "SET work_mem = '3MB'; " + ACT,
                    "SHOW work_mem"),
            queries(
                    "parameters reported",
                    "SET TimeZone = 'Asia/Tokyo'; " + ACT + "; SET TimeZone = 'UTC'",
                    "SET application_name = 'x'; " + ACT + "; SELECT 1/0"),
            queries(
                    "SET TRANSACTION",
                    "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; " + ACT + "; SHOW transaction_isolation",
                    "SELECT 1; SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; " + ACT,
                    "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY; " + ACT,
                    ACT,
                    "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE; SHOW transaction_read_only",
                    ACT),
            queries(
                    "SET TRANSACTION READ ONLY",
                    "SET TRANSACTION READ ONLY; " + ACT + "; SELECT 1",
                    "SET TRANSACTION READ ONLY; " + ROWS + "; " + TEXT),
            queries(
                    "LOCK TABLE",
                    "LOCK TABLE notes; " + ACT,
                    ACT + "; LOCK TABLE notes IN ACCESS SHARE MODE; SELECT 1"),
            queries("cursor", "DECLARE c CURSOR FOR SELECT 1; FETCH c; " + ACT + "; CLOSE c", "FETCH c"),
            queries(
                    "cursor of calls",
                    "DECLARE c CURSOR FOR " + ACT + "; FETCH ALL FROM c",
                    "FETCH c",
                    "BEGIN; DECLARE c CURSOR FOR SELECT x, pgclonedb.open_database('orc_open') FROM generate_series(1, 3) x;"
                            + " FETCH 1 FROM c",
                    "FETCH 1 FROM c; SELECT 1; FETCH ALL FROM c",
                    "COMMIT"),
            queries("cursor held", ACT + "; DECLARE c CURSOR WITH HOLD FOR SELECT 1", "FETCH c; " + ACT, "CLOSE c"),
            queries(
                    "deferred constraint at the commit",
                    "CREATE TEMP TABLE p (n int PRIMARY KEY);"
                            + " CREATE TEMP TABLE d (n int REFERENCES p DEFERRABLE INITIALLY DEFERRED)",
                    "INSERT INTO d VALUES (1); " + ACT,
                    "INSERT INTO d VALUES (1); " + ACT + "; SELECT 1",
                    ACT + "; INSERT INTO d VALUES (1)",
                    "INSERT INTO d VALUES (1); " + TEXT,
                    "BEGIN; INSERT INTO d VALUES (1); " + ACT + "; COMMIT; SELECT 2",
                    "INSERT INTO d VALUES (1); " + ACT + "; COMMIT; SELECT 2",
                    "INSERT INTO d VALUES (1); " + ACT + "; SET CONSTRAINTS ALL IMMEDIATE",
                    "SELECT count(*) FROM d"),
            queries(
                    "table dropped on commit",
                    "CREATE TEMP TABLE t (n int) ON COMMIT DROP; " + INSERT + "; " + ACT + "; " + COUNT,
                    COUNT),
            queries(
                    "notifications",
                    "LISTEN orc; " + ACT,
                    "NOTIFY orc, 'before'; " + ACT + "; NOTIFY orc, 'after'",
                    "NOTIFY orc; " + ACT + "; SELECT 1/0",
                    "UNLISTEN *; " + TEXT),
            queries(
                    "notices",
                    "DO $$ BEGIN RAISE NOTICE 'one'; END $$; " + ACT
                            + "; DO $$ BEGIN RAISE WARNING 'two'; END $$; DROP TABLE IF EXISTS nowhere"),
            queries(
                    "many tags",
                    TABLE + "; INSERT INTO t SELECT generate_series(1, 3); " + ACT + "; UPDATE t SET n = n + 1;"
                            + " DELETE FROM t WHERE n = 2; TRUNCATE t; DROP TABLE t; SHOW TimeZone; RESET TimeZone"),
            queries(
                    "prepared in SQL",
                    "PREPARE p AS SELECT 1; " + ACT + "; EXECUTE p; DEALLOCATE p",
                    "EXECUTE p; " + ACT),
            queries(
                    "parameters in a simple query",
                    ACT + "; SELECT $1",
                    "SELECT $1; " + ACT,
                    "SELECT pgclonedb.open_database($1); SELECT 1"),
            queries(
                    "one transaction for all",
                    "CREATE TEMP TABLE t AS SELECT pg_current_xact_id()::text AS x; " + ACT
                            + "; SELECT count(*) FROM t WHERE x = pg_current_xact_id()::text"),
            queries("EXPLAIN among others", "EXPLAIN (COSTS off) SELECT 1; " + ACT + "; EXPLAIN (COSTS off) SELECT 2"),
            with("queries in one packet", StringScripts::inOnePacket));

    /** What time it is, before and after a call. */
    static final GoldenScript TIMES = queries(
            "one time for all",
            "SELECT 'same' WHERE now() = statement_timestamp(); " + ACT
                    + "; SELECT 'same' WHERE now() = statement_timestamp()");

    private StringScripts() {}

    private static void inOnePacket(RawClient client) {
        client.send(
                Frontend.query("SELECT 1; " + ACT),
                Frontend.query("BEGIN; " + TEXT),
                Frontend.query(ROWS + "; SELECT 1/0"),
                Frontend.query(ACT + "; SELECT 2"),
                Frontend.query("ROLLBACK; " + ACT));
        for (int i = 0; i < 5; i++) {
            client.receiveUntilReady();
        }
    }
}
