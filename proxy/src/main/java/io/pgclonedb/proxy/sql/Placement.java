package io.pgclonedb.proxy.sql;

/** Where a call stands as far as its neighbours tell. */
final class Placement {
    private static final String[] CLAUSES = {
        "from",
        "where",
        "group",
        "having",
        "window",
        "order",
        "limit",
        "offset",
        "fetch",
        "for",
        "union",
        "intersect",
        "except",
        "into"
    };
    /** Words that make an expression of what stands before them. */
    private static final String[] OPERATORS = {
        "and",
        "at",
        "between",
        "collate",
        "filter",
        "ilike",
        "in",
        "is",
        "isnull",
        "like",
        "not",
        "notnull",
        "operator",
        "or",
        "over",
        "overlaps",
        "similar",
        "uescape",
        "within"
    };

    private final Tokens tokens;
    private final Script.Range statement;

    Placement(Tokens tokens, Script.Range statement) {
        this.tokens = tokens;
        this.statement = statement;
    }

    /** Whether a call can be an item of the outermost select list. */
    boolean inSelectList(CallSite call) {
        int before = call.first() - 1;
        boolean begins =
                tokens.is(before, ",") || (before <= statement.from() + 1 && tokens.isWord(before, "select", "all"));
        return begins && isOutermost(call) && endsItem(call.close() + 1);
    }

    /** Whether a call can be an item of the outermost FROM. */
    boolean inFrom(CallSite call) {
        int before = call.first() - 1;
        boolean begins = tokens.is(before, ",") || tokens.isWord(before, "from", "join", "lateral");
        return begins && isOutermost(call) && !tokens.isWord(call.close() + 1, "with");
    }

    /** Index of the alias behind a call, AS or not; -1 for none. */
    int alias(CallSite call) {
        int behind = call.close() + 1;
        if (behind < statement.to() && tokens.isWord(behind, "as")) {
            return behind + 1;
        }
        return behind < statement.to() && tokens.isIdentifier(behind) ? behind : -1;
    }

    private boolean endsItem(int behind) {
        if (isEnd(behind)) {
            return true;
        }
        if (tokens.isWord(behind, "as")) {
            return tokens.isIdentifier(behind + 1) && isEnd(behind + 2);
        }
        return tokens.isIdentifier(behind) && !tokens.isWord(behind, OPERATORS) && isEnd(behind + 1);
    }

    private boolean isEnd(int token) {
        return token >= statement.to() || tokens.is(token, ",") || tokens.isWord(token, CLAUSES);
    }

    private boolean isOutermost(CallSite call) {
        int depth = 0;
        for (int i = statement.from(); i < call.first(); i++) {
            if (tokens.is(i, "(") || tokens.is(i, "[")) {
                depth++;
            } else if (tokens.is(i, ")") || tokens.is(i, "]")) {
                depth--;
            }
        }
        return depth == 0;
    }

    /** The FROM of the outermost SELECT, or where it would stand: behind the select list. */
    Clause from() {
        int depth = 0;
        for (int i = statement.from() + 1; i < statement.to(); i++) {
            if (tokens.is(i, "(") || tokens.is(i, "[")) {
                depth++;
            } else if (tokens.is(i, ")") || tokens.is(i, "]")) {
                depth--;
            }
            boolean name = tokens.is(i - 1, ".") || tokens.isWord(i - 1, "as");
            if (depth == 0 && !name && tokens.isWord(i, CLAUSES) && !isDistinctFrom(i)) {
                return new Clause(i, tokens.isWord(i, "from"));
            }
        }
        return new Clause(statement.to(), false);
    }

    /** IS DISTINCT FROM is an operator. */
    private boolean isDistinctFrom(int token) {
        return tokens.isWord(token, "from") && tokens.isWord(token - 1, "distinct") && token - 1 > statement.from() + 1;
    }

    /**
     * A place for a FROM.
     *
     * @param token FROM itself, or what it would stand before
     */
    record Clause(int token, boolean present) {}
}
