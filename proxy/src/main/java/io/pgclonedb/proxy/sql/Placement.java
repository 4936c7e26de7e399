package io.pgclonedb.proxy.sql;

/** Whether a call that acts stands where it is served, as far as its neighbours tell. */
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
    private final Clauses clauses;
    private final Clauses.Select outermost;

    Placement(Tokens tokens, Clauses clauses, Clauses.Select outermost) {
        this.tokens = tokens;
        this.clauses = clauses;
        this.outermost = outermost;
    }

    /** Whether a call can be an item of the outermost select list. */
    boolean inSelectList(CallSite call) {
        return clauses.beginsListItem(outermost, call.first())
                && clauses.clause(call.first()) == Clauses.Clause.LIST
                && isOutermost(call)
                && endsItem(call.close() + 1);
    }

    /** Whether a call can be an item of the outermost FROM. */
    boolean inFrom(CallSite call) {
        return clauses.beginsFromItem(call.first())
                && isOutermost(call)
                && !tokens.is(call.first() - 1, "(")
                && !tokens.isWord(call.close() + 1, "with");
    }

    private boolean isOutermost(CallSite call) {
        return outermost.equals(clauses.select(call.first()));
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
        return token >= outermost.end() || tokens.is(token, ",") || tokens.isWord(token, CLAUSES);
    }
}
