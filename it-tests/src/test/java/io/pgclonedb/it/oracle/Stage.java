package io.pgclonedb.it.oracle;

import io.pgclonedb.it.golden.Conversation;
import io.pgclonedb.it.wire.Frontend;
import io.pgclonedb.it.wire.RawClient;

/** A session at one side in which cells are played, one after the other, each beginning where nothing was said before. */
final class Stage implements AutoCloseable {
    private static final String TIDY = "DROP TABLE IF EXISTS made; DROP TABLE IF EXISTS notes;"
            + " CREATE TABLE notes (n int, note text);"
            + " INSERT INTO notes VALUES (1, 'one'), (2, 'two')";

    private final Side side;
    private final Conversation conversation;
    private final RawClient client;
    private boolean untouched;

    Stage(Side side) {
        this.side = side;
        this.conversation = side.converse(false);
        this.client = conversation.login();
    }

    /** What was said, and how many calls have acted. */
    record Play(String trace, long acts) {}

    /** Plays a cell in one of its two texts. */
    Play play(SqlPositions.Cell cell, String sql) {
        tidy();
        untouched = cell.position().leavesNothing();
        long before = side.acted();
        try {
            SqlPosition position = cell.position();
            position.before(cell.kind()).forEach(client::query);
            position.prepared(cell.kind()).ifPresent(this::prepare);
            cell.protocol().run(client, sql, SampleCall.of(cell.kind()).value());
            if (cell.protocol().runs() && cell.outcome().equals(Outcome.SERVED)) {
                position.after(cell.kind()).forEach(client::query);
            }
        } catch (RuntimeException failure) {
            throw new IllegalStateException("at " + side + ", after\n" + conversation.trace(), failure);
        }
        return new Play(conversation.trace(), side.acted() - before);
    }

    private void prepare(String sql) {
        client.send(Frontend.parse("ps", sql), Frontend.sync());
        client.receiveUntilReady();
    }

    private void tidy() {
        if (!untouched) {
            client.query("ROLLBACK");
            client.query("DISCARD ALL");
            client.query(TIDY);
        }
        conversation.forget();
    }

    @Override
    public void close() {
        conversation.close();
    }
}
