package io.pgclonedb.it.golden;

import static io.pgclonedb.it.wire.Frontend.bind;
import static io.pgclonedb.it.wire.Frontend.copyData;
import static io.pgclonedb.it.wire.Frontend.copyDone;
import static io.pgclonedb.it.wire.Frontend.copyFail;
import static io.pgclonedb.it.wire.Frontend.execute;
import static io.pgclonedb.it.wire.Frontend.flush;
import static io.pgclonedb.it.wire.Frontend.parse;
import static io.pgclonedb.it.wire.Frontend.query;
import static io.pgclonedb.it.wire.Frontend.sync;

import io.pgclonedb.it.wire.RawClient;
import java.util.List;

/** COPY in both directions and both protocols. */
final class CopyScripts {
    static final List<GoldenScript> ALL = List.of(
            new GoldenScript("copy in", CopyScripts::copyIn),
            new GoldenScript("copy in that the client fails", CopyScripts::copyInFailed),
            new GoldenScript("copy in with bad data", CopyScripts::copyInBadData),
            new GoldenScript("sync and flush inside copy in", CopyScripts::syncInside),
            new GoldenScript("query inside copy in", CopyScripts::queryInside),
            new GoldenScript("copy in of the extended protocol", CopyScripts::extendedCopyIn),
            new GoldenScript("copy in of the extended protocol that fails", CopyScripts::extendedCopyInFails),
            new GoldenScript("copy messages outside copy", CopyScripts::copyMessagesOutside),
            new GoldenScript("copy out", CopyScripts::copyOut),
            new GoldenScript("copy out of the extended protocol", CopyScripts::extendedCopyOut),
            new GoldenScript("copy out that fails half-way", CopyScripts::copyOutFails),
            new GoldenScript("copies in one string", CopyScripts::copiesInOneString),
            new GoldenScript("copy data that looks like messages", CopyScripts::dataLikeMessages),
            new GoldenScript("copy in large pieces", CopyScripts::largePieces));

    private static final String TABLE = "CREATE TEMP TABLE t (a int, b text)";
    private static final String COPY_IN = "COPY t FROM STDIN";

    private CopyScripts() {}

    private static RawClient withTable(Conversation talk) {
        RawClient client = talk.login();
        client.query(TABLE);
        return client;
    }

    private static RawClient inCopy(Conversation talk) {
        RawClient client = withTable(talk);
        client.send(query(COPY_IN));
        client.receiveUntil('G');
        return client;
    }

    private static void copyIn(Conversation talk) {
        RawClient client = inCopy(talk);
        // a row split over two messages, two rows in one, an empty message
        client.send(copyData("1\to"), copyData("ne\n"), copyData("2\ttwo\n3\t\\N\n"), copyData(""), copyDone());
        client.receiveUntilReady();
        client.query("SELECT * FROM t");
    }

    private static void copyInFailed(Conversation talk) {
        RawClient client = inCopy(talk);
        client.send(copyData("1\tone\n"), copyFail("changed my mind"));
        client.receiveUntilReady();
        client.query("SELECT * FROM t");
    }

    private static void copyInBadData(Conversation talk) {
        RawClient client = inCopy(talk);
        client.send(copyData("not a number\tx\n"), copyData("2\ty\n"), copyDone(), query("SELECT 'after'"));
        client.receiveUntilReady();
        client.receiveUntilReady();
    }

    private static void syncInside(Conversation talk) {
        RawClient client = inCopy(talk);
        client.send(sync(), copyData("1\tone\n"), flush(), sync(), copyDone(), query("SELECT count(*) FROM t"));
        client.receiveUntilReady();
        client.receiveUntilReady();
    }

    private static void queryInside(Conversation talk) {
        RawClient client = inCopy(talk);
        // the server does not know where the next message begins and closes, whatever is still on its way
        client.byteByByte(false);
        client.sendIfOpen(copyData("1\tone\n"), query("SELECT 'instead of data'"));
        client.receiveUntilEnd();
    }

    private static void extendedCopyIn(Conversation talk) {
        RawClient client = withTable(talk);
        // the Sync sent along is swallowed by the COPY that begins
        client.send(parse("", COPY_IN), bind("", ""), execute("", 0), sync());
        client.receiveUntil('G');
        client.send(copyData("1\tone\n"), copyDone(), sync());
        client.receiveUntilReady();
        client.send(parse("", COPY_IN), bind("", ""), execute("", 0), flush());
        client.receiveUntil('G');
        client.send(copyData("2\ttwo\n"), copyDone(), flush());
        client.receiveUntil('C');
        client.send(parse("", "SELECT * FROM t"), bind("", ""), execute("", 0), sync());
        client.receiveUntilReady();
    }

    private static void extendedCopyInFails(Conversation talk) {
        RawClient client = withTable(talk);
        client.send(parse("", COPY_IN), bind("", ""), execute("", 0), flush());
        client.receiveUntil('G');
        client.send(copyFail("no"), copyData("1\tignored\n"), query("SELECT 'ignored until Sync'"), sync());
        client.receiveUntilReady();
        client.send(parse("", COPY_IN), bind("", ""), execute("", 0), flush());
        client.receiveUntil('G');
        client.send(copyData("bad\n"), copyData("2\tx\n"), copyDone(), sync());
        client.receiveUntilReady();
        client.query("SELECT count(*) FROM t");
    }

    private static void copyMessagesOutside(Conversation talk) {
        RawClient client = talk.login();
        client.send(copyData("nobody asked\n"), copyDone(), copyFail("nor for this"), query("SELECT 1"));
        client.receiveUntilReady();
    }

    private static void copyOut(Conversation talk) {
        RawClient client = talk.login();
        client.query("COPY (SELECT g, 'row ' || g FROM generate_series(1, 30) g) TO STDOUT");
        client.query("COPY (SELECT 1, NULL, 'a\tb') TO STDOUT (FORMAT csv, HEADER)");
        client.query("COPY (SELECT 1::int4, 'x') TO STDOUT (FORMAT binary)");
        client.query("COPY (SELECT 1 WHERE false) TO STDOUT");
        client.query("COPY (SELECT repeat('w', 200000)) TO STDOUT");
    }

    private static void extendedCopyOut(Conversation talk) {
        RawClient client = talk.login();
        client.send(
                parse("", "COPY (SELECT generate_series(1, 3)) TO STDOUT"),
                bind("", ""),
                execute("", 0),
                parse("", "SELECT 'after'"),
                bind("", ""),
                execute("", 0),
                sync());
        client.receiveUntilReady();
    }

    private static void copyOutFails(Conversation talk) {
        RawClient client = talk.login();
        client.query("COPY (SELECT 10 / (5 - g) FROM generate_series(1, 10) g) TO STDOUT");
        client.query("COPY no_such_table TO STDOUT");
    }

    private static void copiesInOneString(Conversation talk) {
        RawClient client = withTable(talk);
        client.send(query("SELECT 'before'; " + COPY_IN + "; COPY t TO STDOUT; " + COPY_IN + "; SELECT 'after'"));
        client.receiveUntil('G');
        client.send(copyData("1\tone\n"), copyDone());
        client.receiveUntil('G');
        client.send(copyData("2\ttwo\n"), copyDone());
        client.receiveUntilReady();
        client.query("SELECT * FROM t");
    }

    private static void dataLikeMessages(Conversation talk) {
        RawClient client = inCopy(talk);
        client.send(copyData("1\t"), copyData(query("SELECT pgclonedb.help()")), copyDone());
        client.receiveUntilReady();
        client.send(query(COPY_IN));
        client.receiveUntil('G');
        client.send(copyData("1\tQ SELECT pgclonedb.help()\n"), copyData("2\tZ\u0005I\n"), copyDone());
        client.receiveUntilReady();
        client.query("COPY t TO STDOUT");
    }

    private static void largePieces(Conversation talk) {
        RawClient client = inCopy(talk);
        client.send(copyData("1\t" + "x".repeat(70_000) + "\n"), copyData("2\t"), copyData("y".repeat(65_531)));
        client.send(copyData("\n"), copyDone());
        client.receiveUntilReady();
        client.query("COPY (SELECT * FROM t, generate_series(1, 20)) TO STDOUT");
    }
}
