package io.pgclonedb.proxy.sql;

import io.pgclonedb.proxy.error.PgException;

/** What SQL does with prepared statements and cursors that hold calls. */
public sealed interface NameUse {
    /** Nothing. */
    record None() implements NameUse {}

    /** FETCH of the next rows of a cursor, and nothing else in the text. */
    record Fetch(String cursor) implements NameUse {}

    /** EXECUTE of a statement, and nothing else in the text. */
    record Execute(String statement) implements NameUse {}

    /** One of them in a text of several statements. */
    record InScript() implements NameUse {}

    /** Something that would run calls past the proxy, or skip them. */
    record Refused(PgException error) implements NameUse {}

    /** The names that matter. */
    interface Holders {
        /** Whether a prepared statement holds a call. */
        boolean statement(String name);

        /** Whether the rows of a cursor hold calls that act. */
        boolean cursor(String name);
    }
}
