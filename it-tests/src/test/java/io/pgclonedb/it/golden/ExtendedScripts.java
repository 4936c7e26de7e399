package io.pgclonedb.it.golden;

import static io.pgclonedb.it.wire.Frontend.bind;
import static io.pgclonedb.it.wire.Frontend.closePortal;
import static io.pgclonedb.it.wire.Frontend.closeStatement;
import static io.pgclonedb.it.wire.Frontend.describePortal;
import static io.pgclonedb.it.wire.Frontend.describeStatement;
import static io.pgclonedb.it.wire.Frontend.execute;
import static io.pgclonedb.it.wire.Frontend.flush;
import static io.pgclonedb.it.wire.Frontend.int4;
import static io.pgclonedb.it.wire.Frontend.join;
import static io.pgclonedb.it.wire.Frontend.parse;
import static io.pgclonedb.it.wire.Frontend.query;
import static io.pgclonedb.it.wire.Frontend.sync;

import io.pgclonedb.it.wire.RawClient;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The extended query protocol, alone and in pipelines. */
final class ExtendedScripts {
    private static final int INT4 = 23;
    private static final int TEXT = 25;

    static final List<GoldenScript> ALL = List.of(
            new GoldenScript("unnamed statement", ExtendedScripts::unnamedStatement),
            new GoldenScript("named statement used again", ExtendedScripts::namedStatement),
            new GoldenScript("describe everything", ExtendedScripts::describeEverything),
            new GoldenScript("binary formats", ExtendedScripts::binaryFormats),
            new GoldenScript("portals with row limits", ExtendedScripts::rowLimits),
            new GoldenScript("flush instead of sync", ExtendedScripts::flushes),
            new GoldenScript("pipeline with an error in the middle", ExtendedScripts::errorInTheMiddle),
            new GoldenScript("several syncs in one packet", ExtendedScripts::severalSyncs),
            new GoldenScript("query before the sync after an error", ExtendedScripts::queryAfterError),
            new GoldenScript("query in the middle of a pipeline", ExtendedScripts::queryInThePipeline),
            new GoldenScript("errors of every step", ExtendedScripts::errorsOfEveryStep),
            new GoldenScript("transaction in a pipeline", ExtendedScripts::transactionInAPipeline),
            new GoldenScript("close and reuse", ExtendedScripts::closeAndReuse),
            new GoldenScript("statement names as long as the server keeps them", ExtendedScripts::longNames),
            new GoldenScript("empty statement", ExtendedScripts::emptyStatement),
            new GoldenScript("long parameter", ExtendedScripts::longParameter),
            new GoldenScript("long pipeline", ExtendedScripts::longPipeline));

    private ExtendedScripts() {}

    private static void unnamedStatement(Conversation talk) {
        RawClient client = talk.login();
        client.send(
                parse("", "SELECT $1::int + 1, $2", INT4, TEXT),
                bind("", "", "41", null),
                describePortal(""),
                execute("", 0),
                sync());
        client.receiveUntilReady();
    }

    private static void namedStatement(Conversation talk) {
        RawClient client = talk.login();
        client.send(parse("s", "SELECT $1::text"), describeStatement("s"), sync());
        client.receiveUntilReady();
        for (String value : List.of("one", "", "drei ä")) {
            client.send(bind("", "s", value), execute("", 0), sync());
            client.receiveUntilReady();
        }
        client.query("EXECUTE s('by name')");
        client.query("DEALLOCATE s");
        client.send(bind("", "s", "gone"), execute("", 0), sync());
        client.receiveUntilReady();
    }

    private static void describeEverything(Conversation talk) {
        RawClient client = talk.login();
        for (String sql : List.of(
                "SELECT relname, oid FROM pg_class WHERE oid = $1",
                "CREATE TEMP TABLE t (a int)",
                "INSERT INTO pg_temp.t VALUES ($1) RETURNING a AS inserted",
                "SHOW TimeZone",
                "EXPLAIN SELECT 1",
                "VALUES ($1, 'x')",
                "BEGIN",
                "")) {
            client.send(parse("", sql), describeStatement(""), sync());
            client.receiveUntilReady();
        }
        client.send(parse("", "SELECT 1 AS a, 'b' AS b"), bind("p", ""), describePortal("p"), sync());
        client.receiveUntilReady();
        client.send(describePortal("p"), describeStatement("no_such_statement"), sync());
        client.receiveUntilReady();
    }

    private static void binaryFormats(Conversation talk) {
        RawClient client = talk.login();
        byte[] text = "ä".getBytes(StandardCharsets.UTF_8);
        client.send(
                parse("", "SELECT $1::int, $2::text, now() > 'epoch', 1.5::numeric", INT4, TEXT),
                bind("", "", new int[] {1, 0}, Arrays.asList(int4(-2), text), new int[] {1}),
                describePortal(""),
                execute("", 0),
                bind("", "", new int[] {1}, Arrays.asList(int4(7), null), new int[] {1, 0, 1, 0}),
                execute("", 0),
                sync());
        client.receiveUntilReady();
        client.send(
                bind("", "", new int[] {1}, Arrays.asList(new byte[] {1}, text), new int[] {0}),
                execute("", 0),
                sync());
        client.receiveUntilReady();
    }

    private static void rowLimits(Conversation talk) {
        RawClient client = talk.login();
        client.send(
                parse("", "SELECT generate_series(1, 7)"),
                bind("", ""),
                execute("", 3),
                execute("", 3),
                execute("", 3),
                execute("", 3),
                sync());
        client.receiveUntilReady();
        client.query("BEGIN");
        client.send(parse("", "SELECT generate_series(1, 3)"), bind("kept", ""), execute("kept", 2), sync());
        client.receiveUntilReady();
        client.send(execute("kept", 2), sync());
        client.receiveUntilReady();
        client.query("COMMIT");
        client.send(execute("kept", 2), sync());
        client.receiveUntilReady();
    }

    private static void flushes(Conversation talk) {
        RawClient client = talk.login();
        client.send(parse("", "SELECT generate_series(1, 4)"), flush());
        client.receiveUntil('1');
        client.send(bind("", ""), describePortal(""), flush());
        client.receiveUntil('T');
        client.send(execute("", 2), flush());
        client.receiveUntil('s');
        client.send(flush(), flush(), execute("", 0), flush());
        client.receiveUntil('C');
        client.send(sync());
        client.receiveUntilReady();
    }

    private static byte[] run(String sql) {
        return join(parse("", sql), bind("", ""), describePortal(""), execute("", 0));
    }

    private static void errorInTheMiddle(Conversation talk) {
        RawClient client = talk.login();
        client.send(run("SELECT 1"), run("SELECT 1/0"), run("SELECT 3"), sync(), run("SELECT 4"), sync());
        client.receiveUntilReady();
        client.receiveUntilReady();
        client.send(run("SELECT 1"), run("SELEC"), flush());
        client.receiveUntil('E');
        client.send(run("SELECT 'skipped'"), flush());
        client.send(sync());
        client.receiveUntilReady();
    }

    private static void severalSyncs(Conversation talk) {
        RawClient client = talk.login();
        client.send(sync(), sync(), run("SELECT 1"), sync(), sync(), run("SELECT 1/0"), sync(), sync());
        for (int i = 0; i < 6; i++) {
            client.receiveUntilReady();
        }
    }

    private static void queryAfterError(Conversation talk) {
        RawClient client = talk.login();
        client.send(run("SELECT 1/0"), query("SELECT 'never run'"), sync(), query("SELECT 'run'"));
        client.receiveUntilReady();
        client.receiveUntilReady();
    }

    private static void queryInThePipeline(Conversation talk) {
        RawClient client = talk.login();
        client.send(
                parse("named", "SELECT 'named'"),
                run("SELECT 1"),
                query("SELECT 'in between'"),
                bind("", "named"),
                execute("", 0),
                bind("", ""),
                sync());
        client.receiveUntilReady();
        client.receiveUntilReady();
    }

    private static void errorsOfEveryStep(Conversation talk) {
        RawClient client = talk.login();
        for (byte[] step : List.of(
                parse("", "SELECT no_such_column"),
                parse("", "SELECT 1; SELECT 2"),
                parse("", "SELECT $1 + $2"),
                bind("", "no_such_statement"),
                describeStatement("no_such_statement"),
                describePortal("no_such_portal"),
                execute("no_such_portal", 0),
                closeStatement("no_such_statement"),
                closePortal("no_such_portal"),
                join(parse("d", "SELECT 1"), parse("d", "SELECT 2")),
                join(bind("p", "d"), bind("p", "d")),
                join(parse("", "SELECT $1::int"), bind("", "")),
                join(parse("", "SELECT $1::int"), bind("", "", "not a number")),
                join(parse("", "SELECT 1"), bind("", "", new int[0], List.of(), new int[] {0, 1})),
                join(parse("", "INSERT INTO no_such_table VALUES (1)")))) {
            client.send(step, sync());
            client.receiveUntilReady();
        }
    }

    private static void transactionInAPipeline(Conversation talk) {
        RawClient client = talk.login();
        client.send(
                run("BEGIN"),
                run("SELECT 1"),
                sync(),
                run("SELECT 1/0"),
                sync(),
                run("SELECT 2"),
                sync(),
                run("ROLLBACK"),
                sync());
        for (int i = 0; i < 4; i++) {
            client.receiveUntilReady();
        }
        client.send(run("CREATE TEMP TABLE t (a int)"), run("INSERT INTO t VALUES (1)"), run("SELECT 1/0"), sync());
        client.receiveUntilReady();
        client.send(run("SELECT * FROM t"), sync());
        client.receiveUntilReady();
    }

    private static void closeAndReuse(Conversation talk) {
        RawClient client = talk.login();
        client.send(
                parse("s", "SELECT 1"),
                closeStatement("s"),
                parse("s", "SELECT 2"),
                bind("p", "s"),
                closePortal("p"),
                bind("p", "s"),
                execute("p", 0),
                closePortal("p"),
                closeStatement("s"),
                closeStatement(""),
                sync());
        client.receiveUntilReady();
        client.send(execute("p", 0), sync());
        client.receiveUntilReady();
    }

    private static void longNames(Conversation talk) {
        RawClient client = talk.login();
        String name = "n".repeat(64);
        client.send(parse(name, "SELECT 'of 64 bytes'"), parse(name + "x", "SELECT 'of 65 bytes'"), sync());
        client.receiveUntilReady();
        client.send(bind("", name), execute("", 0), sync());
        client.receiveUntilReady();
        client.send(bind(name, name + "x"), execute(name, 0), sync());
        client.receiveUntilReady();
    }

    private static void emptyStatement(Conversation talk) {
        RawClient client = talk.login();
        client.send(run(""), run(" ; "), run("-- nothing"), sync());
        client.receiveUntilReady();
    }

    private static void longParameter(Conversation talk) {
        RawClient client = talk.login();
        client.send(
                parse("", "SELECT length($1), $1", TEXT), bind("", "", "p".repeat(100_000)), execute("", 0), sync());
        client.receiveUntilReady();
    }

    private static void longPipeline(Conversation talk) {
        RawClient client = talk.login();
        byte[][] messages = new byte[201][];
        for (int i = 0; i < 200; i++) {
            messages[i] = run("SELECT " + i);
        }
        messages[200] = sync();
        client.send(messages);
        client.receiveUntilReady();
    }
}
