package io.pgclonedb.it.oracle;

import static io.pgclonedb.it.oracle.Scripts.ACT;
import static io.pgclonedb.it.oracle.Scripts.ACT_MORE;
import static io.pgclonedb.it.oracle.Scripts.REFUSED;
import static io.pgclonedb.it.oracle.Scripts.TEXT;
import static io.pgclonedb.it.oracle.Scripts.with;

import io.pgclonedb.it.golden.GoldenScript;
import io.pgclonedb.it.wire.Frontend;
import io.pgclonedb.it.wire.RawClient;
import java.util.List;

/** COPY among the statements of one string. */
final class CopyInStringScripts {
    private static final String TABLE = "CREATE TEMP TABLE t (n int)";
    private static final String COUNT = "SELECT count(*) FROM t";
    private static final String INSERT = "INSERT INTO t VALUES (1)";

    static final List<GoldenScript> ALL = List.of(
            with("COPY out", CopyInStringScripts::copyOut),
            with("COPY in", CopyInStringScripts::copyIn),
            with("COPY in fails", CopyInStringScripts::copyFails),
            with("COPY in before an error", CopyInStringScripts::copyBeforeAnError),
            with("COPY in a transaction", CopyInStringScripts::copyInATransaction));

    private CopyInStringScripts() {}

    private static void copyOut(RawClient client) {
        client.query(ACT + "; COPY (SELECT generate_series(1, 3)) TO STDOUT; SELECT 1");
        client.query("COPY (SELECT 'x') TO STDOUT (FORMAT binary); " + TEXT);
        client.query(ACT + "; COPY (SELECT 1/0) TO STDOUT; SELECT 1");
    }

    private static void copy(RawClient client, String query, byte[]... data) {
        client.send(Frontend.query(query));
        client.receiveUntil('G');
        client.send(data);
    }

    private static void copyIn(RawClient client) {
        client.query(TABLE);
        copy(
                client,
                ACT + "; COPY t FROM STDIN; " + ACT_MORE + "; " + COUNT,
                Frontend.copyData("1\n2\n"),
                Frontend.copyData("3\n"),
                Frontend.copyDone());
        client.receiveUntilReady();
        copy(client, "COPY t FROM STDIN; " + TEXT, Frontend.copyData("4\n"), Frontend.copyDone());
        client.receiveUntilReady();
        copy(client, "COPY t FROM STDIN; COPY t FROM STDIN; " + ACT, Frontend.copyData("5\n"), Frontend.copyDone());
        client.receiveUntil('G');
        client.send(Frontend.copyData("6\n"), Frontend.copyDone());
        client.receiveUntilReady();
        client.query(COUNT);
    }

    private static void copyFails(RawClient client) {
        client.query(TABLE);
        copy(client, INSERT + "; " + ACT + "; COPY t FROM STDIN; SELECT 1", Frontend.copyFail("changed my mind"));
        client.receiveUntilReady();
        copy(client, INSERT + "; COPY t FROM STDIN; " + ACT, Frontend.copyData("no number\n"), Frontend.copyDone());
        client.receiveUntilReady();
        client.query(COUNT);
    }

    private static void copyBeforeAnError(RawClient client) {
        client.query(TABLE);
        copy(client, "COPY t FROM STDIN; " + ACT + "; SELECT 1/0", Frontend.copyData("1\n"), Frontend.copyDone());
        client.receiveUntilReady();
        copy(client, "COPY t FROM STDIN; " + REFUSED + "; SELECT 1", Frontend.copyData("1\n"), Frontend.copyDone());
        client.receiveUntilReady();
        client.query(COUNT);
    }

    private static void copyInATransaction(RawClient client) {
        client.query("BEGIN; " + TABLE + "; " + ACT);
        copy(client, "COPY t FROM STDIN; " + ACT, Frontend.copyData("1\n"), Frontend.copyDone());
        client.receiveUntilReady();
        copy(client, ACT + "; COPY t FROM STDIN", Frontend.copyFail("no"));
        client.receiveUntilReady();
        client.query("ROLLBACK; " + ACT);
    }
}
