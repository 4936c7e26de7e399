package io.pgclonedb.proxy.sql;

/** Finds the alias of a call in FROM. */
final class Aliases {
    private final Tokens tokens;

    Aliases(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Index of the alias behind a call, AS or not; -1 for none. */
    int behind(CallSite call) {
        int behind = call.close() + 1;
        if (tokens.isWord(behind, "as")) {
            return tokens.isIdentifier(behind + 1) ? behind + 1 : -1;
        }
        boolean alias = tokens.isIdentifier(behind)
                && (!tokens.kindIs(behind, TokenKind.IDENTIFIER) || Keywords.mayBeAlias(tokens.name(behind)));
        return alias ? behind : -1;
    }
}
