package io.pgclonedb.proxy.sql;

import io.pgclonedb.proxy.error.PgException;

/** What is to be done with the text of a Query or Parse. */
public sealed interface Plan {
    /** It holds no call: the same bytes go on. */
    record PassThrough() implements Plan {}

    /**
     * It must not reach the server; the client gets this error.
     *
     * @param error with the position in the client's text, where there is one
     */
    record Refused(PgException error) implements Plan {}

    /** It is sent on rewritten. */
    record Served(ServedStatement statement) implements Plan {}
}
