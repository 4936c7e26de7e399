package io.pgclonedb.it.oracle;

import static io.pgclonedb.it.wire.Frontend.bind;
import static io.pgclonedb.it.wire.Frontend.closeStatement;
import static io.pgclonedb.it.wire.Frontend.describePortal;
import static io.pgclonedb.it.wire.Frontend.describeStatement;
import static io.pgclonedb.it.wire.Frontend.execute;
import static io.pgclonedb.it.wire.Frontend.parse;
import static io.pgclonedb.it.wire.Frontend.query;
import static io.pgclonedb.it.wire.Frontend.sync;

import io.pgclonedb.it.wire.RawClient;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The ways in which a client can have one statement run. */
enum Protocol {
    /** One Query. */
    SIMPLE("simple") {
        @Override
        void run(RawClient client, String sql, String value) {
            client.query(sql);
        }
    },
    /** The unnamed statement and portal, everything in one packet. */
    UNNAMED("extended") {
        @Override
        void run(RawClient client, String sql, String value) {
            client.send(parse("", sql), bind("", ""), describePortal(""), execute("", 0), sync());
            client.receiveUntilReady();
        }
    },
    /** A named statement and a named portal, step by step. */
    NAMED("named") {
        @Override
        void run(RawClient client, String sql, String value) {
            client.send(parse("s", sql), describeStatement("s"), sync());
            client.receiveUntilReady();
            client.send(bind("p", "s"), describePortal("p"), execute("p", 0), sync());
            client.receiveUntilReady();
            client.send(closeStatement("s"), sync());
            client.receiveUntilReady();
        }
    },
    /** The call's argument as a parameter without a declared type, its value as text, the result in binary. */
    PARAMETER("parameter") {
        @Override
        void run(RawClient client, String sql, String value) {
            List<byte[]> values = List.of(value.getBytes(StandardCharsets.UTF_8));
            client.send(
                    parse("", sql),
                    describeStatement(""),
                    bind("", "", new int[0], values, new int[] {1}),
                    execute("", 0),
                    sync());
            client.receiveUntilReady();
        }
    },
    /** Only asked what it would be. */
    DESCRIBE("describe") {
        @Override
        void run(RawClient client, String sql, String value) {
            client.send(parse("", sql), describeStatement(""), sync());
            client.receiveUntilReady();
            client.send(query("SELECT 'not run'"));
            client.receiveUntilReady();
        }
    };

    private final String label;

    Protocol(String label) {
        this.label = label;
    }

    /** As the head of a column. */
    String label() {
        return label;
    }

    /** Whether the statement is run, and not only described. */
    boolean runs() {
        return this != DESCRIBE;
    }

    /**
     * Says it and hears the whole answer.
     *
     * @param value of the one parameter, if the statement has one
     */
    abstract void run(RawClient client, String sql, String value);
}
