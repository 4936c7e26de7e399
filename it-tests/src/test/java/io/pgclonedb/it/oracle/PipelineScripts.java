package io.pgclonedb.it.oracle;

import static io.pgclonedb.it.oracle.Scripts.ACT;
import static io.pgclonedb.it.oracle.Scripts.ACT_MORE;
import static io.pgclonedb.it.oracle.Scripts.FAILING;
import static io.pgclonedb.it.oracle.Scripts.REFUSED;
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
import static io.pgclonedb.it.wire.Frontend.flush;
import static io.pgclonedb.it.wire.Frontend.parse;
import static io.pgclonedb.it.wire.Frontend.query;
import static io.pgclonedb.it.wire.Frontend.sync;

import io.pgclonedb.it.golden.GoldenScript;
import io.pgclonedb.it.wire.RawClient;
import java.util.List;

/** Messages of the extended protocol without waiting for each other. */
final class PipelineScripts {
    static final List<GoldenScript> ALL = List.of(
            with(
                    "several calls before a Sync",
                    client -> synced(client, run(ACT), run(TEXT), run(ROWS), run(ACT_MORE))),
            with(
                    "calls among statements",
                    client -> synced(client, run("SELECT 1"), run(ACT), run("SELECT 2"), run(TEXT))),
            with("several Syncs", PipelineScripts::severalSyncs),
            with("refused in the middle", client -> severalAround(client, REFUSED)),
            with("failing in the middle", client -> severalAround(client, FAILING)),
            with("unknown function in the middle", client -> severalAround(client, "SELECT pgclonedb.halp()")),
            with("the server's error in the middle", client -> severalAround(client, "SELECT 1/0")),
            with("transaction in a pipeline", PipelineScripts::transaction),
            with("implicit transaction of a pipeline", PipelineScripts::implicitTransaction),
            with("Flush without Sync", PipelineScripts::flushes),
            with("Flush after a refused call", PipelineScripts::flushAfterRefused),
            with("Query in a pipeline", PipelineScripts::queryInThePipeline),
            with("Query after an error, before the Sync", PipelineScripts::queryAfterError),
            with("everything about one statement", PipelineScripts::everything),
            with("Describe only", PipelineScripts::describeOnly),
            with("Bind only", PipelineScripts::bindOnly),
            with("a long pipeline", PipelineScripts::longPipeline),
            with("BEGIN and the call in one packet", PipelineScripts::asPgjdbc));

    /** A Query with a call before the Sync of what came before it. */
    static final GoldenScript QUERY_BEHIND_OTHERS = with("Query behind others", PipelineScripts::queryBehindOthers);

    private PipelineScripts() {}

    private static void severalSyncs(RawClient client) {
        client.send(sync(), run(ACT), sync(), sync(), run(TEXT), run(REFUSED), run(ACT), sync(), run(ROWS), sync());
        for (int i = 0; i < 5; i++) {
            client.receiveUntilReady();
        }
    }

    private static void severalAround(RawClient client, String sql) {
        client.send(run(ACT), run("SELECT 1"), run(sql), run(ACT), run("SELECT 'skipped'"), sync(), run(TEXT), sync());
        client.receiveUntilReady();
        client.receiveUntilReady();
    }

    private static void transaction(RawClient client) {
        client.send(
                run("BEGIN"),
                run(ACT),
                sync(),
                run(REFUSED),
                run("SELECT 1"),
                sync(),
                run(ACT),
                sync(),
                run("ROLLBACK"),
                run(ACT),
                sync());
        for (int i = 0; i < 4; i++) {
            client.receiveUntilReady();
        }
    }

    private static void implicitTransaction(RawClient client) {
        client.query("CREATE TEMP TABLE t (n int)");
        synced(client, run("INSERT INTO t VALUES (1)"), run(ACT), run(REFUSED));
        client.query("SELECT count(*) FROM t");
        synced(client, run("INSERT INTO t VALUES (1)"), run(ACT), run("INSERT INTO t VALUES (2)"), run("SELECT 1/0"));
        client.query("SELECT count(*) FROM t");
        synced(client, run("INSERT INTO t VALUES (1)"), run(ACT), run("INSERT INTO t VALUES (2)"));
        client.query("SELECT count(*) FROM t");
    }

    private static void flushes(RawClient client) {
        for (String sql : List.of(ACT, TEXT, ROWS)) {
            client.send(parse("", sql), flush());
            client.receiveUntil('1');
            client.send(bind("", ""), describePortal(""), flush());
            client.receiveUntil('T');
            client.send(execute("", 0), flush());
            client.receiveUntil('C');
        }
        client.send(sync());
        client.receiveUntilReady();
    }

    private static void flushAfterRefused(RawClient client) {
        client.send(run(ACT), run(REFUSED), flush());
        client.receiveUntil('E');
        client.send(run(ACT), flush(), run("SELECT 1"), flush());
        client.send(sync(), run(ACT), sync());
        client.receiveUntilReady();
        client.receiveUntilReady();
    }

    private static void queryBehindOthers(RawClient client) {
        client.send(parse("s", ACT), run("SELECT 1"), query(ACT_MORE), bind("", "s"), execute("", 0), sync());
        client.receiveUntilReady();
        client.receiveUntilReady();
    }

    private static void queryInThePipeline(RawClient client) {
        client.send(parse("", ACT), query("SELECT 'in between'"), bind("", ""), sync());
        client.receiveUntilReady();
        client.receiveUntilReady();
        client.send(parse("", "SELECT 'unnamed'"), query(ACT), bind("", ""), sync());
        client.receiveUntilReady();
        client.receiveUntilReady();
    }

    private static void queryAfterError(RawClient client) {
        client.send(run(REFUSED), query(ACT), sync(), query(ACT));
        client.receiveUntilReady();
        client.receiveUntilReady();
    }

    private static void everything(RawClient client) {
        for (String sql : List.of(ACT, TEXT, ROWS)) {
            synced(
                    client,
                    parse("s", sql),
                    describeStatement("s"),
                    bind("p", "s"),
                    describePortal("p"),
                    execute("p", 0),
                    closePortal("p"),
                    bind("", "s"),
                    execute("", 0),
                    closeStatement("s"));
        }
    }

    private static void describeOnly(RawClient client) {
        for (String sql : List.of(ACT, TEXT, ROWS, "SELECT * FROM pgclonedb.open_database($1) AS o", REFUSED)) {
            synced(client, parse("", sql), describeStatement(""));
        }
    }

    private static void bindOnly(RawClient client) {
        for (String sql : List.of(ACT, TEXT, ROWS)) {
            synced(client, parse("", sql), bind("", ""), describePortal(""));
            synced(client, parse("s", sql), bind("p", "s"));
            synced(client, execute("p", 0));
            synced(client, closeStatement("s"));
        }
    }

    private static void longPipeline(RawClient client) {
        byte[][] messages = new byte[60][];
        for (int i = 0; i < messages.length; i++) {
            messages[i] = run(i % 7 == 3 ? ACT : i % 7 == 5 ? TEXT : "SELECT " + i);
        }
        synced(client, messages);
    }

    private static void asPgjdbc(RawClient client) {
        synced(client, parse("", "BEGIN"), bind("", ""), execute("", 0), run(ACT));
        synced(client, parse("", "SAVEPOINT PGJDBC_AUTOSAVE"), bind("", ""), execute("", 0), run(REFUSED));
        synced(client, run("ROLLBACK TO SAVEPOINT PGJDBC_AUTOSAVE"));
        synced(client, run("COMMIT"));
    }
}
