package io.pgclonedb.it.oracle;

import static io.pgclonedb.it.wire.Frontend.bind;
import static io.pgclonedb.it.wire.Frontend.describePortal;
import static io.pgclonedb.it.wire.Frontend.execute;
import static io.pgclonedb.it.wire.Frontend.join;
import static io.pgclonedb.it.wire.Frontend.parse;
import static io.pgclonedb.it.wire.Frontend.sync;

import io.pgclonedb.it.golden.GoldenScript;
import io.pgclonedb.it.wire.RawClient;
import java.util.function.Consumer;

/** What all scripts are made of. */
final class Scripts {
    /** Reads one text. */
    static final String TEXT = "SELECT pgclonedb.help('open_database')";

    /** Reads rows. */
    static final String ROWS = "SELECT id, target FROM pgclonedb.get_audit_log(2, 'drop_role')";

    /** Acts. */
    static final String ACT = "SELECT pgclonedb.open_database('orc_open')";

    /** Acts a second time. */
    static final String ACT_MORE = "SELECT pgclonedb.open_database('orc_more') AS more";

    /** Would act, but is not allowed to. */
    static final String REFUSED = "SELECT pgclonedb.open_database('another_open')";

    /** Would act, and fails. */
    static final String FAILING = "SELECT pgclonedb.open_database('orc_missing')";

    /** Would act on a row that it inserts, and fails. */
    static final String FAILING_WITH = "WITH i AS (INSERT INTO notes VALUES (1) RETURNING n)"
            + " SELECT n, pgclonedb.open_database('orc_missing') FROM i";

    private Scripts() {}

    /** Each query is sent when the one before is answered. */
    static GoldenScript queries(String name, String... queries) {
        return with(name, client -> {
            for (String query : queries) {
                client.query(query);
            }
        });
    }

    /** One client that has logged in. */
    static GoldenScript with(String name, Consumer<RawClient> steps) {
        return new GoldenScript(name, talk -> steps.accept(talk.login()));
    }

    /** Parse, Bind, Describe and Execute, without a name. */
    static byte[] run(String sql) {
        return join(parse("", sql), bind("", ""), describePortal(""), execute("", 0));
    }

    /** Sends the messages and a Sync in one packet and waits for the answer to it. */
    static void synced(RawClient client, byte[]... messages) {
        client.send(join(messages), sync());
        client.receiveUntilReady();
    }
}
