package io.pgclonedb.it.golden;

import io.pgclonedb.it.wire.Frontend;
import io.pgclonedb.it.wire.RawClient;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Simple queries, notices, errors, function calls and large objects. */
final class QueryScripts {
    private static final int LO_CREATE = 715;
    private static final int LO_OPEN = 952;
    private static final int LO_CLOSE = 953;
    private static final int LO_READ = 954;
    private static final int LO_WRITE = 955;
    private static final int LO_LSEEK = 956;
    private static final int LO_UNLINK = 964;
    private static final int LARGE_OBJECT = 424242;
    private static final int READ_AND_WRITE = 0x60000;

    static final List<GoldenScript> ALL = List.of(
            new GoldenScript("rows of many types", QueryScripts::rowsOfManyTypes),
            new GoldenScript("several statements in one string", QueryScripts::severalStatements),
            new GoldenScript("empty queries", QueryScripts::emptyQueries),
            new GoldenScript("several queries in one packet", QueryScripts::queriesInOnePacket),
            new GoldenScript("notices", QueryScripts::notices),
            new GoldenScript("errors", QueryScripts::errors),
            new GoldenScript("transactions", QueryScripts::transactions),
            new GoldenScript("literals and comments", QueryScripts::literalsAndComments),
            new GoldenScript("function call", QueryScripts::functionCall),
            new GoldenScript("function call errors", QueryScripts::functionCallErrors),
            new GoldenScript("large objects by function call", QueryScripts::largeObjects),
            new GoldenScript("large objects in SQL", QueryScripts::largeObjectsInSql),
            new GoldenScript("wide and long rows", QueryScripts::bigRows),
            new GoldenScript("long query text", QueryScripts::longQueryText));

    private QueryScripts() {}

    private static void rowsOfManyTypes(Conversation talk) {
        RawClient client = talk.login();
        client.query("SELECT 1::int2, 2::int4, 3::int8, 1.5::float8, 2.50::numeric, true, 'text', 'c'::char(3), NULL,"
                + " '\\x00ff'::bytea, date '2026-11-23', '{1,2}'::int[], '{\"a\": 1}'::jsonb, row(1, 'x'), 'ä€😀'");
        client.query("SELECT g, g * g FROM generate_series(1, 50) g");
        client.query("SELECT FROM generate_series(1, 3)");
        client.query("SELECT oid, relname FROM pg_class WHERE oid = 'pg_class'::regclass");
        client.query("VALUES (1, 'a'), (2, NULL)");
        client.query("EXPLAIN (COSTS off) SELECT 1");
        client.query("SHOW server_version_num");
    }

    private static void severalStatements(Conversation talk) {
        RawClient client = talk.login();
        client.query("SELECT 1; SELECT 'a;b'; SELECT 3");
        client.query("CREATE TEMP TABLE t (a int); INSERT INTO t VALUES (1), (2); UPDATE t SET a = a + 1;"
                + " DELETE FROM t WHERE a = 2; SELECT * FROM t; TRUNCATE t");
        client.query("INSERT INTO t VALUES (7); SELECT 1/0; INSERT INTO t VALUES (8)");
        client.query("SELECT count(*) FROM t");
        client.query("SELECT 1; SELEC 2; SELECT 3");
        client.query("BEGIN; INSERT INTO t VALUES (9); COMMIT; SELECT 1/0");
        client.query("SELECT * FROM t");
    }

    private static void emptyQueries(Conversation talk) {
        RawClient client = talk.login();
        client.query("");
        client.query(";;");
        client.query(" -- only a comment\n");
        client.query("/* and /* another */ */");
    }

    private static void queriesInOnePacket(Conversation talk) {
        RawClient client = talk.login();
        client.send(
                Frontend.query("SELECT 1"),
                Frontend.query("SELECT 1/0"),
                Frontend.query("BEGIN"),
                Frontend.query("SELECT 2"),
                Frontend.sync(),
                Frontend.query("COMMIT"));
        for (int i = 0; i < 6; i++) {
            client.receiveUntilReady();
        }
    }

    private static void notices(Conversation talk) {
        RawClient client = talk.login("client_min_messages", "debug1");
        client.query("DO $$ BEGIN RAISE NOTICE 'a notice' USING DETAIL = 'Its detail.', HINT = 'Its hint.';"
                + " RAISE WARNING 'a warning' USING ERRCODE = '01ABC'; RAISE INFO 'for information';"
                + " RAISE LOG 'for the log'; RAISE DEBUG 'for the curious'; END $$");
        client.query("DROP TABLE IF EXISTS no_such_table; ROLLBACK; SELECT 1");
        client.query("SET client_min_messages = error; DROP TABLE IF EXISTS no_such_table");
    }

    private static void errors(Conversation talk) {
        RawClient client = talk.login();
        client.query("SELEC 1");
        client.query("SELECT * FROM no_such_table");
        client.query("SELECT 'ä', no_such_column");
        client.query("SELECT 'abc'::int");
        client.query("CREATE TEMP TABLE t (a int CONSTRAINT positive CHECK (a > 0) UNIQUE); INSERT INTO t VALUES (1)");
        client.query("INSERT INTO t VALUES (0)");
        client.query("INSERT INTO t VALUES (1)");
        client.query("DO $$ BEGIN RAISE EXCEPTION 'ours' USING ERRCODE = 'P1234', DETAIL = 'd', HINT = 'h',"
                + " TABLE = 't', COLUMN = 'c', DATATYPE = 'dt', CONSTRAINT = 'k', SCHEMA = 's'; END $$");
        client.query("SELECT $1");
        client.query("EXECUTE no_such_statement");
        client.query("SELECT 'unfinished");
    }

    private static void transactions(Conversation talk) {
        RawClient client = talk.login();
        client.query("BEGIN");
        client.query("SELECT 1");
        client.query("SELECT 1/0");
        client.query("SELECT 1");
        client.query("COMMIT");
        client.query("BEGIN; SAVEPOINT s");
        client.query("SELECT 1/0");
        client.query("ROLLBACK TO SAVEPOINT s");
        client.query("SELECT 1");
        client.query("COMMIT AND CHAIN");
        client.query("BEGIN");
        client.query("ROLLBACK");
        client.query("ROLLBACK");
        client.query("BEGIN; PREPARE TRANSACTION 'golden'");
        client.query("ROLLBACK PREPARED 'golden'");
        client.query("BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY; CREATE TEMP TABLE t (a int)");
        client.query("CREATE TABLE t (a int)");
        client.query("ABORT");
    }

    /** Text that only looks like a call to somebody who searches for a name. */
    private static void literalsAndComments(Conversation talk) {
        RawClient client = talk.login();
        client.query("SELECT 'pgclonedb.create_database()' AS pgclonedb");
        client.query("SELECT 1 /* pgclonedb.help() */ -- SELECT pgclonedb.help()");
        client.query("SELECT $$pgclonedb.help()$$, $a$ pgclonedb.drop_database('x') $a$, E'\\'pgclonedb.help()'");
        client.query("SELECT U&'pgclonedb', U&\"d\\0061ta\" FROM (SELECT 1 AS data) AS pgclonedb");
        client.query("CREATE TEMP TABLE pgclonedb (help int); INSERT INTO pgclonedb VALUES (1)");
        client.query("SELECT pgclonedb.help, \"pgclonedb\".\"help\" FROM pgclonedb");
        client.query("DROP TABLE pgclonedb");
    }

    private static void functionCall(Conversation talk) {
        RawClient client = talk.login();
        // int4pl, twice, with a query between them; then in a transaction
        client.send(Frontend.functionCall(177, Frontend.int4(40), Frontend.int4(2)));
        client.receiveUntilReady();
        client.query("BEGIN");
        client.send(
                Frontend.functionCall(177, Frontend.int4(1), Frontend.int4(2)),
                Frontend.functionCall(177, Frontend.int4(1), null));
        client.receiveUntilReady();
        client.receiveUntilReady();
        client.query("COMMIT");
    }

    private static void functionCallErrors(Conversation talk) {
        RawClient client = talk.login();
        client.send(Frontend.functionCall(1, Frontend.int4(1)));
        client.receiveUntilReady();
        client.send(Frontend.functionCall(177, Frontend.int4(1)));
        client.receiveUntilReady();
        client.query("BEGIN");
        // int4div by zero
        client.send(Frontend.functionCall(154, Frontend.int4(1), Frontend.int4(0)));
        client.receiveUntilReady();
        client.send(Frontend.functionCall(177, Frontend.int4(1), Frontend.int4(2)));
        client.receiveUntilReady();
        client.query("ROLLBACK");
    }

    private static void largeObjects(Conversation talk) {
        RawClient client = talk.login();
        byte[] content = "large ".repeat(12_000).getBytes(StandardCharsets.UTF_8);
        client.query("BEGIN");
        call(client, LO_CREATE, Frontend.int4(LARGE_OBJECT));
        call(client, LO_OPEN, Frontend.int4(LARGE_OBJECT), Frontend.int4(READ_AND_WRITE));
        call(client, LO_WRITE, Frontend.int4(0), content);
        call(client, LO_LSEEK, Frontend.int4(0), Frontend.int4(6), Frontend.int4(0));
        call(client, LO_READ, Frontend.int4(0), Frontend.int4(70_000));
        call(client, LO_READ, Frontend.int4(0), Frontend.int4(70_000));
        call(client, LO_CLOSE, Frontend.int4(0));
        call(client, LO_UNLINK, Frontend.int4(LARGE_OBJECT));
        client.query("COMMIT");
        call(client, LO_UNLINK, Frontend.int4(LARGE_OBJECT));
    }

    private static void call(RawClient client, int function, byte[]... arguments) {
        client.send(Frontend.functionCall(function, arguments));
        client.receiveUntilReady();
    }

    private static void largeObjectsInSql(Conversation talk) {
        RawClient client = talk.login();
        client.query("SELECT lo_from_bytea(" + LARGE_OBJECT + ", '\\x0102')");
        client.query("SELECT lo_put(" + LARGE_OBJECT + ", 2, '\\x03'), lo_get(" + LARGE_OBJECT + ")");
        client.query("SELECT lo_unlink(" + LARGE_OBJECT + ")");
        client.query("SELECT lo_get(" + LARGE_OBJECT + ")");
    }

    private static void bigRows(Conversation talk) {
        RawClient client = talk.login();
        client.query("SELECT repeat('x', 65535), repeat('y', 65536), repeat('z', 65537)");
        client.query("SELECT repeat(g::text, 70000) FROM generate_series(1, 20) g");
        client.query("SELECT repeat('x', 3000000)");
        client.query("SELECT " + "1, ".repeat(1599) + "1");
        client.query("DO $$ BEGIN RAISE NOTICE '%', repeat('n', 100000); RAISE '%', repeat('e', 100000); END $$");
        for (int size = 65_500; size < 65_560; size += 3) {
            client.query("SELECT repeat('b', " + size + ")");
        }
    }

    private static void longQueryText(Conversation talk) {
        RawClient client = talk.login();
        client.query("SELECT length('" + "l".repeat(66_000) + "')");
        client.query("SELECT 1 /* " + "c".repeat(65_530) + " */; SELECT 2");
    }
}
