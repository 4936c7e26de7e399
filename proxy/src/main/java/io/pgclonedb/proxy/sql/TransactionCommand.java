package io.pgclonedb.proxy.sql;

/** What a statement does to the transaction that PostgreSQL opens for a string of several statements. */
public enum TransactionCommand {
    /** Nothing: it is a part of it. */
    NONE,
    /** Makes it one that the client has to end. */
    BEGIN,
    /** Commits it, with the warning that the client opened none. */
    COMMIT,
    /** Ends it without a commit: ROLLBACK with that warning, and what fails outside a transaction block. */
    ABORT;

    /** By the first words of a statement. */
    static TransactionCommand of(Tokens tokens, Script.Range statement) {
        int first = statement.from();
        if (tokens.isWord(first, "begin")
                || (tokens.isWord(first, "start") && tokens.isWord(first + 1, "transaction"))) {
            return BEGIN;
        }
        if (tokens.isWord(first + 1, "prepared")) {
            return NONE;
        }
        if (tokens.isWord(first, "commit", "end")) {
            return chains(tokens, statement) ? ABORT : COMMIT;
        }
        return tokens.isWord(first, "rollback", "abort", "savepoint", "release") ? ABORT : NONE;
    }

    private static boolean chains(Tokens tokens, Script.Range statement) {
        return tokens.isWord(statement.to() - 1, "chain") && !tokens.isWord(statement.to() - 2, "no");
    }
}
