package io.pgclonedb.it.oracle;

import static io.pgclonedb.it.oracle.Scripts.ACT;
import static io.pgclonedb.it.oracle.Scripts.ACT_MORE;
import static io.pgclonedb.it.oracle.Scripts.FAILING;
import static io.pgclonedb.it.oracle.Scripts.FAILING_WITH;
import static io.pgclonedb.it.oracle.Scripts.REFUSED;
import static io.pgclonedb.it.oracle.Scripts.ROWS;
import static io.pgclonedb.it.oracle.Scripts.TEXT;
import static io.pgclonedb.it.oracle.Scripts.queries;
import static io.pgclonedb.it.oracle.Scripts.run;
import static io.pgclonedb.it.oracle.Scripts.synced;
import static io.pgclonedb.it.oracle.Scripts.with;

import io.pgclonedb.it.golden.GoldenScript;
import io.pgclonedb.it.wire.RawClient;
import java.util.List;

/** States of transactions, one statement at a time. */
final class TransactionScripts {
    static final List<GoldenScript> ALL = List.of(
            queries("outside a transaction", ACT, REFUSED, ACT, FAILING, TEXT, ROWS, "SELECT 1"),
            queries("in a transaction", "BEGIN", ACT, TEXT, ROWS, ACT_MORE, "SELECT 1", "COMMIT"),
            queries("rolled back", "BEGIN", ACT, "ROLLBACK", ACT),
            queries(
                    "a refused call fails the transaction",
                    "BEGIN",
                    REFUSED,
                    "SELECT 1",
                    ACT,
                    TEXT,
                    ROWS,
                    "COMMIT",
                    ACT),
            queries("a failing call fails the transaction", "BEGIN", ACT, FAILING, ACT, "ROLLBACK", "SELECT 1"),
            queries(
                    "a failed transaction runs nothing",
                    "BEGIN",
                    "SELECT 1/0",
                    ACT,
                    TEXT,
                    ROWS,
                    FAILING,
                    "SELECT 1",
                    "ROLLBACK"),
            queries("an unknown function in a transaction", "BEGIN", "SELECT pgclonedb.halp()", "SELECT 1", "ROLLBACK"),
            queries(
                    "a wrong argument in a transaction",
                    "BEGIN",
                    "SELECT pgclonedb.open_database(1)",
                    "SELECT 1",
                    "ROLLBACK"),
            queries(
                    "savepoints",
                    "BEGIN",
                    "SAVEPOINT a",
                    ACT,
                    "SAVEPOINT b",
                    REFUSED,
                    "SELECT 1",
                    "ROLLBACK TO b",
                    ACT_MORE,
                    "RELEASE b",
                    "ROLLBACK TO a",
                    TEXT,
                    "RELEASE a",
                    "COMMIT"),
            queries(
                    "ON_ERROR_ROLLBACK as psql does it",
                    "BEGIN",
                    "SAVEPOINT pg_psql_temporary_savepoint",
                    ACT,
                    "RELEASE pg_psql_temporary_savepoint",
                    "SAVEPOINT pg_psql_temporary_savepoint",
                    REFUSED,
                    "ROLLBACK TO pg_psql_temporary_savepoint",
                    "SAVEPOINT pg_psql_temporary_savepoint",
                    TEXT,
                    "RELEASE pg_psql_temporary_savepoint",
                    "COMMIT"),
            queries("read only", "BEGIN READ ONLY", TEXT, ROWS, ACT, "SELECT 1", "ROLLBACK", ACT),
            queries(
                    "read only by default",
                    "SET default_transaction_read_only = on",
                    ACT,
                    TEXT,
                    ROWS,
                    "BEGIN READ WRITE",
                    ACT,
                    "COMMIT",
                    "RESET default_transaction_read_only",
                    ACT),
            queries("serializable", "BEGIN ISOLATION LEVEL SERIALIZABLE", ACT, ROWS, "COMMIT"),
            queries(
                    "in a savepoint that fails",
                    "BEGIN",
                    "SAVEPOINT s",
                    "SELECT 1/0",
                    ACT,
                    "ROLLBACK TO s",
                    ACT,
                    "COMMIT"),
            queries("what a failing call undoes", FAILING_WITH, "SELECT count(*) FROM notes"),
            queries(
                    "once per row until one fails",
                    "SELECT d, pgclonedb.open_database(d) FROM (VALUES ('orc_open'), ('orc_missing'), ('orc_more')) v(d)",
                    "BEGIN",
                    "SELECT pgclonedb.open_database(d) FROM (VALUES ('orc_open'), ('another_open')) v(d)",
                    "ROLLBACK"),
            queries("notices kept quiet", "SET client_min_messages = warning", "BEGIN", ACT, "COMMIT"),
            with("extended, outside a transaction", TransactionScripts::extendedOutside),
            with("extended, in a transaction", TransactionScripts::extendedInside),
            with("extended, failed transaction", TransactionScripts::extendedFailed),
            with("extended, savepoint", TransactionScripts::extendedSavepoint),
            with("extended, read only", TransactionScripts::extendedReadOnly));

    /** The server fails on the second row of each. */
    static final GoldenScript FAILING_ROWS = queries(
            "a row that the server fails on",
            "SELECT 1 / (2 - x), pgclonedb.open_database('orc_open') FROM generate_series(1, 3) x",
            "SELECT pgclonedb.open_database('orc_open'), 1 / (2 - x) FROM generate_series(1, 3) x");

    private TransactionScripts() {}

    private static void extendedOutside(RawClient client) {
        for (String sql : List.of(ACT, REFUSED, TEXT, ROWS, FAILING, "SELECT pgclonedb.halp()", "SELECT 1")) {
            synced(client, run(sql));
        }
    }

    private static void extendedInside(RawClient client) {
        for (String sql : List.of("BEGIN", ACT, TEXT, ROWS, REFUSED, "SELECT 1", ACT, "COMMIT", ACT)) {
            synced(client, run(sql));
        }
    }

    private static void extendedFailed(RawClient client) {
        for (String sql : List.of("BEGIN", "SELECT 1/0", ACT, TEXT, ROWS, "SELECT pgclonedb.halp()", "ROLLBACK", ACT)) {
            synced(client, run(sql));
        }
    }

    private static void extendedSavepoint(RawClient client) {
        for (String sql : List.of("BEGIN", "SAVEPOINT s", REFUSED, "ROLLBACK TO s", ACT, "RELEASE s", "COMMIT")) {
            synced(client, run(sql));
        }
    }

    private static void extendedReadOnly(RawClient client) {
        for (String sql : List.of("BEGIN READ ONLY", TEXT, ROWS, ACT, TEXT, "ROLLBACK", ACT)) {
            synced(client, run(sql));
        }
    }
}
