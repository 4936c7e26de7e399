package io.pgclonedb.it.oracle;

import static io.pgclonedb.it.oracle.Scripts.ACT;
import static io.pgclonedb.it.oracle.Scripts.ACT_MORE;
import static io.pgclonedb.it.oracle.Scripts.ROWS;
import static io.pgclonedb.it.oracle.Scripts.TEXT;
import static io.pgclonedb.it.oracle.Scripts.run;
import static io.pgclonedb.it.oracle.Scripts.synced;
import static io.pgclonedb.it.oracle.Scripts.with;
import static io.pgclonedb.it.wire.Frontend.bind;
import static io.pgclonedb.it.wire.Frontend.closePortal;
import static io.pgclonedb.it.wire.Frontend.closeStatement;
import static io.pgclonedb.it.wire.Frontend.describePortal;
import static io.pgclonedb.it.wire.Frontend.describeStatement;
import static io.pgclonedb.it.wire.Frontend.execute;
import static io.pgclonedb.it.wire.Frontend.parse;

import io.pgclonedb.it.golden.GoldenScript;
import io.pgclonedb.it.wire.RawClient;
import java.util.Arrays;
import java.util.List;

/** How long prepared statements live, and what can be done with them. */
final class PreparedScripts {

    static final List<GoldenScript> ALL = List.of(
            with("executed twice", PreparedScripts::executedTwice),
            with("executed with other values", PreparedScripts::otherValues),
            with("DISCARD ALL", client -> outlives(client, "DISCARD ALL")),
            with("DEALLOCATE ALL", client -> outlives(client, "DEALLOCATE ALL")),
            with("DEALLOCATE one", client -> outlives(client, "DEALLOCATE s")),
            with("DEALLOCATE PREPARE another", client -> outlives(client, "DEALLOCATE PREPARE \"S\"")),
            with("DISCARD PLANS", client -> outlives(client, "DISCARD PLANS")),
            with("DEALLOCATE in a transaction that is rolled back", PreparedScripts::deallocateRolledBack),
            with("statements of a failed transaction", PreparedScripts::statementsOfAFailedTransaction),
            with("a name used twice", PreparedScripts::nameUsedTwice),
            with("names with other letters", PreparedScripts::names),
            with("unnamed statement replaced", PreparedScripts::unnamedReplaced),
            with("a Query forgets the unnamed statement", PreparedScripts::queryForgetsUnnamed),
            with("SQL EXECUTE of a statement that acts", PreparedScripts::sqlExecute));

    private PreparedScripts() {}

    private static void executedTwice(RawClient client) {
        for (String sql : List.of(ACT, TEXT, ROWS)) {
            synced(client, parse("s", sql));
            for (int i = 0; i < 3; i++) {
                synced(client, bind("", "s"), describePortal(""), execute("", 0));
            }
            synced(client, bind("", "s"), execute("", 0), bind("", "s"), execute("", 0), closeStatement("s"));
        }
    }

    private static void otherValues(RawClient client) {
        synced(client, parse("s", "SELECT pgclonedb.open_database(dbname => $1), $2::int + 1"), describeStatement("s"));
        for (String database : Arrays.asList("orc_open", "orc_more", "orc_missing", null, "", "another_open")) {
            synced(client, bind("", "s", database, "41"), execute("", 0));
        }
        synced(client, parse("h", "SELECT pgclonedb.help($1)"), describeStatement("h"));
        for (String function : Arrays.asList("open_database", null, "no_such_function")) {
            synced(client, bind("", "h", function), describePortal(""), execute("", 0));
        }
        synced(
                client,
                parse("r", "SELECT target FROM pgclonedb.get_audit_log(max_rows := $2, filter_operation := $1)"),
                describeStatement("r"));
        for (String rows : List.of("2", "3", "0", "many")) {
            synced(client, bind("", "r", "drop_role", rows), describePortal(""), execute("", 0));
        }
    }

    private static void outlives(RawClient client, String command) {
        synced(client, parse("s", ACT));
        synced(client, parse("t", TEXT));
        synced(client, parse("", ROWS));
        client.query(command);
        synced(client, bind("", "s"), execute("", 0));
        synced(client, bind("", "t"), execute("", 0));
        synced(client, describeStatement("s"));
        synced(client, run(command));
        synced(client, bind("", "s"), execute("", 0));
        synced(client, parse("s", ACT_MORE));
        synced(client, bind("", "s"), execute("", 0));
    }

    private static void deallocateRolledBack(RawClient client) {
        synced(client, parse("s", ACT));
        client.query("BEGIN");
        client.query("DEALLOCATE s");
        client.query("ROLLBACK");
        synced(client, bind("", "s"), execute("", 0));
    }

    private static void statementsOfAFailedTransaction(RawClient client) {
        client.query("BEGIN");
        synced(client, parse("s", ACT));
        client.query("SELECT 1/0");
        synced(client, bind("", "s"), execute("", 0));
        synced(client, parse("t", TEXT));
        client.query("ROLLBACK");
        synced(client, bind("", "s"), execute("", 0));
        synced(client, bind("", "t"), execute("", 0));
    }

    private static void nameUsedTwice(RawClient client) {
        synced(client, parse("s", ACT));
        synced(client, parse("s", "SELECT 1"));
        synced(client, parse("s", ACT_MORE));
        synced(client, bind("", "s"), execute("", 0));
        synced(client, closeStatement("s"), parse("s", "SELECT 1"), bind("", "s"), execute("", 0));
        synced(client, parse("s", TEXT));
        synced(client, bind("", "s"), execute("", 0));
    }

    private static void names(RawClient client) {
        for (String name : List.of("S", "with space", "pgclonedb", "ä", "n".repeat(70))) {
            synced(
                    client,
                    parse(name, ACT),
                    bind(name, name),
                    describePortal(name),
                    execute(name, 0),
                    closePortal(name),
                    closeStatement(name));
        }
    }

    private static void unnamedReplaced(RawClient client) {
        synced(client, parse("", ACT), parse("", "SELECT 1"), bind("", ""), execute("", 0));
        synced(client, parse("", "SELECT 1"), parse("", ACT), bind("", ""), execute("", 0));
        synced(client, parse("", ACT), parse("", "SELEC"), bind("", ""), execute("", 0));
        synced(client, bind("", ""), execute("", 0));
        synced(client, parse("", TEXT), bind("", ""), bind("", ""), execute("", 0));
    }

    private static void queryForgetsUnnamed(RawClient client) {
        synced(client, parse("", ACT));
        client.query("SELECT 1");
        synced(client, bind("", ""), execute("", 0));
        synced(client, parse("", "SELECT 2"));
        client.query(ACT);
        synced(client, bind("", ""), execute("", 0));
        synced(client, parse("", "SELECT 2"));
        client.query("SELECT 3; " + ACT);
        synced(client, bind("", ""), execute("", 0));
    }

    private static void sqlExecute(RawClient client) {
        synced(client, parse("s", ACT), parse("p", "SELECT pgclonedb.open_database($1) AS opened, $2::int", 25));
        client.query("EXECUTE s");
        client.query("EXECUTE p('orc_more', 7)");
        client.query("EXECUTE p('orc_missing', 7)");
        client.query("EXECUTE p('orc_more')");
        client.query("BEGIN; EXECUTE s; COMMIT");
        client.query("EXPLAIN (COSTS off) SELECT 1");
        client.query("EXECUTE p('orc_' || 'open', 1 + 1)");
        client.query("DEALLOCATE s");
        client.query("EXECUTE s");
    }
}
