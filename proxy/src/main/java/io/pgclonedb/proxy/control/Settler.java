package io.pgclonedb.proxy.control;

import java.util.Optional;

/**
 * Reads from the catalogs how an operation ended whose proxy died. Never redoes, undoes or drops anything. Called on a
 * scheduler thread with nothing of the operation running any more.
 */
@FunctionalInterface
public interface Settler {
    /**
     * How it ended; empty when the catalogs do not show it, which is recorded as {@link Outcome#UNKNOWN}. An exception leaves
     * the row as it is, to be asked about again.
     */
    Optional<Outcome> settle(UnsettledOperation operation);
}
