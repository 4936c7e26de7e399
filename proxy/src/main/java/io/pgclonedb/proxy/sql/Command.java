package io.pgclonedb.proxy.sql;

import org.jspecify.annotations.Nullable;

/** What a statement with calls does, by its first words; the query that the calls stand in is a part of it. */
sealed interface Command {
    /** The tokens of the query. */
    Script.Range query();

    /** SELECT and the other statements that take parameters. */
    record Query(Script.Range query) implements Command {}

    /** EXPLAIN of another command. */
    record Explain(Command explained, boolean analyze) implements Command {
        @Override
        public Script.Range query() {
            return explained.query();
        }
    }

    /**
     * DECLARE CURSOR.
     *
     * @param name folded
     * @param cursor the key word CURSOR
     * @param obstacle an option that does not go with calls that act; null for none
     * @param forward whether NO SCROLL is written
     */
    record DeclareCursor(String name, int cursor, @Nullable String obstacle, boolean forward, Script.Range query)
            implements Command {}

    /** CREATE TABLE AS. */
    record CreateTableAs(Script.Range query) implements Command {}

    /** COPY of a query; it takes no parameters. */
    record CopyQuery(Script.Range query) implements Command {}

    /**
     * CALL.
     *
     * @param query with the word CALL
     */
    record Call(Script.Range query) implements Command {}

    /**
     * Anything else.
     *
     * @param detail why no call is served in it
     */
    record Other(String detail, Script.Range query) implements Command {}
}
