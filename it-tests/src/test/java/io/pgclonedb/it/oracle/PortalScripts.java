package io.pgclonedb.it.oracle;

import static io.pgclonedb.it.oracle.Scripts.ACT;
import static io.pgclonedb.it.oracle.Scripts.TEXT;
import static io.pgclonedb.it.oracle.Scripts.run;
import static io.pgclonedb.it.oracle.Scripts.synced;
import static io.pgclonedb.it.oracle.Scripts.with;
import static io.pgclonedb.it.wire.Frontend.bind;
import static io.pgclonedb.it.wire.Frontend.closePortal;
import static io.pgclonedb.it.wire.Frontend.closeStatement;
import static io.pgclonedb.it.wire.Frontend.describePortal;
import static io.pgclonedb.it.wire.Frontend.execute;
import static io.pgclonedb.it.wire.Frontend.flush;
import static io.pgclonedb.it.wire.Frontend.int4;
import static io.pgclonedb.it.wire.Frontend.parse;
import static io.pgclonedb.it.wire.Frontend.sync;

import io.pgclonedb.it.golden.GoldenScript;
import io.pgclonedb.it.wire.RawClient;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Portals: row limits, formats, and how long they live. */
final class PortalScripts {
    private static final String PER_ROW =
            "SELECT d, pgclonedb.open_database(d) FROM (VALUES ('orc_open'), ('orc_more'), ('orc_open')) v(d)";
    private static final String FAILING_ROW =
            "SELECT d, pgclonedb.open_database(d) FROM (VALUES ('orc_open'), ('orc_missing'), ('orc_open')) v(d)";

    static final List<GoldenScript> ALL = List.of(
            with("a portal's name used twice", PortalScripts::portalUsedTwice),
            with("row limits", PortalScripts::rowLimits),
            with("row limits, then another statement", PortalScripts::rowLimitsLeft),
            with("row limit and a failing row", PortalScripts::failingRow),
            with("portals over transactions", PortalScripts::portalsOverTransactions),
            with("closed and used", PortalScripts::closedAndUsed),
            with("executed again after the end", PortalScripts::executedAfterTheEnd),
            with("formats", PortalScripts::formats),
            with("wrong counts", PortalScripts::wrongCounts));

    private PortalScripts() {}

    private static void portalUsedTwice(RawClient client) {
        client.query("BEGIN");
        synced(client, parse("s", ACT), bind("p", "s"), bind("p", "s"), execute("p", 0));
        client.query("ROLLBACK");
        synced(client, bind("p", "s"), execute("p", 0));
    }

    private static void rowLimits(RawClient client) {
        for (String sql : List.of(PER_ROW, "SELECT target FROM pgclonedb.get_audit_log(3, 'drop_role')", TEXT)) {
            synced(
                    client,
                    parse("", sql),
                    bind("", ""),
                    describePortal(""),
                    execute("", 1),
                    execute("", 1),
                    execute("", 0),
                    execute("", 0));
            synced(client, parse("", sql), bind("", ""), execute("", 3), execute("", 1));
        }
    }

    private static void rowLimitsLeft(RawClient client) {
        client.send(parse("s", PER_ROW), bind("p", "s"), execute("p", 1), flush());
        client.receiveUntil('s');
        client.send(run("SELECT 'another'"), flush());
        client.receiveUntil('C');
        client.send(execute("p", 1), flush());
        client.receiveUntil('s');
        client.send(sync());
        client.receiveUntilReady();
        synced(client, execute("p", 1));
    }

    private static void failingRow(RawClient client) {
        synced(client, parse("", FAILING_ROW), bind("", ""), execute("", 1), execute("", 1), execute("", 1));
        client.query("BEGIN");
        synced(client, parse("", FAILING_ROW), bind("p", ""), execute("p", 1));
        synced(client, execute("p", 1));
        synced(client, execute("p", 1));
        client.query("ROLLBACK");
    }

    private static void portalsOverTransactions(RawClient client) {
        client.query("BEGIN");
        synced(client, parse("s", PER_ROW), bind("p", "s"), execute("p", 1));
        synced(client, execute("p", 1));
        client.query("SELECT 'between'");
        synced(client, execute("p", 0));
        client.query("COMMIT");
        synced(client, execute("p", 0));
        client.query("BEGIN");
        client.query("SAVEPOINT a");
        synced(client, bind("p", "s"), execute("p", 1));
        client.query("ROLLBACK TO a");
        synced(client, execute("p", 1));
        client.query("ROLLBACK");
    }

    private static void closedAndUsed(RawClient client) {
        synced(client, parse("s", ACT), bind("p", "s"), closePortal("p"), execute("p", 0));
        synced(client, closeStatement("s"), bind("p", "s"));
        client.query("BEGIN");
        synced(client, parse("s", ACT), bind("p", "s"), closeStatement("s"));
        synced(client, execute("p", 0));
        client.query("COMMIT");
        synced(client, closeStatement("nothing"), closePortal("nothing"));
    }

    private static void executedAfterTheEnd(RawClient client) {
        client.query("BEGIN");
        synced(client, parse("", ACT), bind("p", ""), execute("p", 0));
        synced(client, execute("p", 0));
        client.query("ROLLBACK");
    }

    private static void formats(RawClient client) {
        byte[] open = "orc_open".getBytes(StandardCharsets.UTF_8);
        synced(
                client,
                parse("", "SELECT 7, pgclonedb.open_database($1), $2::int", 25, 23),
                bind("", "", new int[] {0, 1}, List.of(open, int4(9)), new int[] {1, 0, 1}),
                describePortal(""),
                execute("", 0));
        synced(
                client,
                parse("", "SELECT 7, pgclonedb.open_database($1)"),
                bind("", "", new int[] {1}, List.of(open), new int[] {0, 1}),
                describePortal(""),
                execute("", 0));
        synced(
                client,
                parse(
                        "",
                        "SELECT id, started_at < now(), arguments, target FROM pgclonedb.get_audit_log($1, 'drop_role')"),
                bind("", "", new int[] {1}, List.of(int4(2)), new int[] {1}),
                describePortal(""),
                execute("", 0));
        synced(
                client,
                parse("", "SELECT pgclonedb.help('open_database')"),
                bind("", "", new int[0], List.of(), new int[] {1}),
                describePortal(""),
                execute("", 0));
        synced(
                client,
                parse("", "SELECT $2::int, pgclonedb.help($1)"),
                bind(
                        "",
                        "",
                        new int[] {1, 0},
                        List.of("open_database".getBytes(StandardCharsets.UTF_8), new byte[] {'5'}),
                        new int[] {0, 1}),
                describePortal(""),
                execute("", 0));
    }

    private static void wrongCounts(RawClient client) {
        byte[] value = "open_database".getBytes(StandardCharsets.UTF_8);
        for (String call : List.of("pgclonedb.open_database($1)", "pgclonedb.help($1)")) {
            synced(client, parse("", "SELECT " + call), bind("", ""), execute("", 0));
            synced(client, parse("", "SELECT " + call), bind("", "", "orc_open", "too much"), execute("", 0));
            synced(client, parse("s", "SELECT " + call), bind("", "s", new int[] {0, 0}, List.of(value), new int[0]));
            synced(
                    client,
                    closeStatement("s"),
                    parse("s", "SELECT " + call + ", 2"),
                    bind("", "s", new int[0], List.of(value), new int[] {0, 0, 0}));
            synced(client, closeStatement("s"));
        }
    }
}
