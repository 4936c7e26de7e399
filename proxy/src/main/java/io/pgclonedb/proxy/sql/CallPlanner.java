package io.pgclonedb.proxy.sql;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;

/** Decides what is to be done with the text of a Query or Parse in which {@link CallSearch} found something. */
public final class CallPlanner {
    private CallPlanner() {}

    /**
     * Plans a text. Linear in its length; never throws.
     *
     * @param sql in the client's encoding, without the terminating zero; not changed
     */
    public static Plan plan(byte[] sql, PlanOptions options) {
        return new Plan.Refused(PgException.error(
                SqlState.FEATURE_NOT_SUPPORTED, "pgclonedb functions cannot be called in this statement"));
    }
}
