package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.control.RunningOperation;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * What a function does once the policy has allowed the call: existence, state, and the work itself. An {@link SQLException}
 * reaches the caller as the server worded it. Implementations are stateless.
 */
sealed interface Operation {
    /** Changes nothing; a success is not recorded. */
    non-sealed interface Reading extends Operation {
        /** The answer: a text, or a JSON array of rows. */
        String read(OperationCall call) throws SQLException;
    }

    /** Can be one transaction with its audit row. */
    non-sealed interface Transactional extends Operation {
        /**
         * Does all its work in the transaction of {@code control}, which others begin and commit.
         *
         * @return the answer
         */
        String run(OperationCall call, Connection control) throws SQLException;
    }

    /**
     * A transactional operation whose judgement rests on roles and memberships. Before it runs, in its transaction, they are
     * locked and the policy is asked again: what it allowed still holds when the work is done.
     */
    interface OnRoles extends Transactional {}

    /** Cannot: first it looks, then the intent is recorded, then it works. */
    non-sealed interface Staged extends Operation {
        /**
         * Locks the target against other calls and looks whether the work can be done. Changes nothing: a call that dies here
         * has had no effect and needs no record.
         *
         * @param admin in the control database, in autocommit mode; it is closed after the work
         */
        Stage prepare(OperationCall call, Connection admin) throws SQLException;
    }

    /** The work of a staged operation, to be run once, after the intent has been recorded. Closed in any case. */
    interface Stage extends AutoCloseable {
        /** Does it and says how it went. */
        String run(RunningOperation recorded) throws SQLException;

        /** How far it is. */
        default Progress progress() {
            return Progress.NONE;
        }

        /**
         * The connection whose statements do the work: the one that can be cancelled, is looked after, and has to be gone
         * before the outcome is settled by others.
         *
         * @param admin the one it was prepared with
         */
        default Connection works(Connection admin) {
            return admin;
        }

        @Override
        default void close() throws SQLException {}
    }
}
