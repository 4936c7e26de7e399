package io.pgclonedb.it.oracle;

import static io.pgclonedb.it.oracle.Scripts.ACT;
import static io.pgclonedb.it.oracle.Scripts.ACT_MORE;
import static io.pgclonedb.it.oracle.Scripts.ROWS;
import static io.pgclonedb.it.oracle.Scripts.TEXT;
import static io.pgclonedb.it.oracle.Scripts.queries;
import static io.pgclonedb.it.oracle.Scripts.run;
import static io.pgclonedb.it.oracle.Scripts.synced;
import static io.pgclonedb.it.oracle.Scripts.with;
import static io.pgclonedb.it.wire.Frontend.bind;
import static io.pgclonedb.it.wire.Frontend.closePortal;
import static io.pgclonedb.it.wire.Frontend.describePortal;
import static io.pgclonedb.it.wire.Frontend.describeStatement;
import static io.pgclonedb.it.wire.Frontend.execute;
import static io.pgclonedb.it.wire.Frontend.parse;
import static io.pgclonedb.it.wire.Frontend.query;

import io.pgclonedb.it.golden.GoldenScript;
import io.pgclonedb.it.wire.RawClient;
import java.util.List;

/** Cursors over calls, as psql's FETCH_COUNT and drivers use them. */
final class CursorScripts {
    private static final String PER_ROW =
            "SELECT d, pgclonedb.open_database(d) FROM (VALUES ('orc_open'), ('orc_more'), ('orc_open')) v(d)";
    private static final String FAILING_ROW =
            "SELECT d, pgclonedb.open_database(d) FROM (VALUES ('orc_open'), ('orc_missing'), ('orc_open')) v(d)";

    static final List<GoldenScript> ALL = List.of(
            with("cursor fetched in Parse", CursorScripts::fetchInParse),
            with("cursor as a portal", CursorScripts::cursorAsPortal),
            queries(
                    "cursor read on, row by row",
                    "BEGIN",
                    "DECLARE c CURSOR FOR " + PER_ROW,
                    "FETCH c",
                    "FETCH NEXT FROM c",
                    "FETCH FORWARD FROM c",
                    "FETCH c",
                    "COMMIT"),
            queries(
                    "cursor of a row that fails",
                    "BEGIN",
                    "DECLARE c CURSOR FOR " + FAILING_ROW,
                    "FETCH 1 FROM c",
                    "FETCH 1 FROM c",
                    "FETCH c",
                    "ROLLBACK",
                    "FETCH c"),
            queries(
                    "psql's FETCH_COUNT",
                    "BEGIN",
                    "DECLARE _psql_cursor NO SCROLL CURSOR FOR\n" + PER_ROW,
                    "FETCH FORWARD 2 FROM _psql_cursor",
                    "FETCH FORWARD 2 FROM _psql_cursor",
                    "CLOSE _psql_cursor",
                    "COMMIT"),
            queries(
                    "psql's FETCH_COUNT, reading",
                    "BEGIN",
                    "DECLARE _psql_cursor NO SCROLL CURSOR FOR\n" + ROWS,
                    "FETCH FORWARD 1 FROM _psql_cursor",
                    "FETCH FORWARD 1 FROM _psql_cursor",
                    "FETCH FORWARD 1 FROM _psql_cursor",
                    "CLOSE _psql_cursor",
                    "COMMIT"),
            queries(
                    "cursors end with their transaction",
                    "BEGIN",
                    "DECLARE c CURSOR FOR " + ACT,
                    "COMMIT",
                    "FETCH c",
                    "BEGIN",
                    "DECLARE c CURSOR FOR " + TEXT,
                    "FETCH c",
                    "FETCH BACKWARD c",
                    "ROLLBACK",
                    "FETCH c"),
            queries(
                    "cursor of a savepoint",
                    "BEGIN",
                    "SAVEPOINT s",
                    "DECLARE c CURSOR FOR " + ACT,
                    "ROLLBACK TO s",
                    "FETCH c",
                    "ROLLBACK"),
            queries(
                    "cursor's name used twice",
                    "BEGIN",
                    "DECLARE c CURSOR FOR " + ACT,
                    "DECLARE c CURSOR FOR " + ACT_MORE,
                    "ROLLBACK"),
            queries("cursor outside a transaction", "DECLARE c CURSOR FOR " + ACT, "DECLARE c CURSOR FOR " + ROWS),
            queries(
                    "cursor used up",
                    "BEGIN",
                    "DECLARE c CURSOR FOR " + ACT,
                    "FETCH ALL c",
                    "FETCH ALL c",
                    "FETCH 0 c",
                    "CLOSE c",
                    "FETCH c",
                    "ROLLBACK"),
            queries("CLOSE ALL", "BEGIN", "DECLARE c CURSOR FOR " + ACT, "CLOSE ALL", "FETCH c", "ROLLBACK"));

    private CursorScripts() {}

    private static void fetchInParse(RawClient client) {
        client.query("BEGIN");
        client.query("DECLARE c CURSOR FOR " + PER_ROW);
        synced(client, run("FETCH 1 FROM c"));
        synced(client, parse("f", "FETCH NEXT FROM c"), describeStatement("f"));
        synced(client, bind("", "f"), describePortal(""), execute("", 0));
        synced(client, bind("", "f"), execute("", 0));
        synced(client, bind("", "f"), execute("", 0));
        client.query("COMMIT");
        synced(client, bind("", "f"), execute("", 0));
    }

    private static void cursorAsPortal(RawClient client) {
        client.query("BEGIN");
        client.query("DECLARE c CURSOR FOR " + PER_ROW);
        synced(client, describePortal("c"));
        synced(client, execute("c", 1));
        client.query("FETCH c");
        synced(client, closePortal("c"));
        client.query("FETCH c");
        client.query("ROLLBACK");
        client.query("BEGIN");
        synced(client, parse("", PER_ROW), bind("p", ""));
        client.query("FETCH 1 FROM p");
        synced(client, execute("p", 1));
        client.query("CLOSE p");
        client.send(query("ROLLBACK"));
        client.receiveUntilReady();
    }
}
