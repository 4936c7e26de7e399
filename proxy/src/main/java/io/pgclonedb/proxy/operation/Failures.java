package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.admin.ServerErrors;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the caller is told of an operation that did not succeed. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    /** The error for the caller; what is no answer but a fault of the program goes to the log. */
    static PgException explain(Exception failure, Cancellation cancellation) {
        PgException error;
        if (failure instanceof PgException known) {
            error = known;
        } else if (failure instanceof SQLException server) {
            error = ServerErrors.pgException(server);
        } else {
            LOG.error("a call failed for a reason of the program's own", failure);
            return PgException.error(SqlState.INTERNAL_ERROR, "internal error of pgclonedb")
                    .withHint("The log of the proxy says more.")
                    .withCause(failure);
        }
        return cancelled(error, cancellation.reason());
    }

    /** The server knows that it was told to stop; why, only the proxy knows. */
    private static PgException cancelled(PgException error, @Nullable PgException reason) {
        if (reason == null || reason == error || !SqlState.QUERY_CANCELED.code().equals(error.sqlState())) {
            return error;
        }
        PgException why = error.detail() == null ? reason : reason.withDetail(error.detail());
        return error.hint() == null ? why : why.withHint(error.hint());
    }

    /** Whether nobody knows what the server did last: the admin connection broke without a word from it. */
    static boolean outcomeUnknown(Exception failure) {
        if (failure instanceof PgException known) {
            return known.getCause() instanceof SQLException cause && lost(cause);
        }
        return failure instanceof SQLException server ? lost(server) : true;
    }

    private static boolean lost(SQLException failure) {
        return failure.getSQLState() != null && failure.getSQLState().startsWith("08");
    }
}
