package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.error.PgException;

/**
 * Hears of one call. Called on an operation thread, never on an event loop; exactly one of {@link #succeeded} and {@link
 * #failed} comes, once, last.
 */
public interface CallListener {
    /** Something the caller should see before the answer; sent as a NoticeResponse. */
    void notice(CallNotice notice);

    /**
     * The call is done and recorded.
     *
     * @param answer the text of the one row; for a function that returns rows, a JSON array of objects by column name
     */
    void succeeded(String answer);

    /** The call was refused, failed or was cancelled; recorded where the contract asks for it. */
    void failed(PgException error);
}
