package io.pgclonedb.proxy.sql;

import io.pgclonedb.policy.FunctionCatalog;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds {@code pgclonedb.name(} where the server would call a function. Where a definition, a grant or a table of that schema
 * is named the same way, it is none.
 */
final class Mentions {
    static final String SCHEMA = "pgclonedb";

    private final Tokens tokens;
    private final Script.Range statement;

    Mentions(Tokens tokens, Script.Range statement) {
        this.tokens = tokens;
        this.statement = statement;
    }

    /** The tokens at which the schema's name begins a call. */
    List<Integer> calls() {
        List<Integer> calls = new ArrayList<>();
        for (int i = statement.from(); i < statement.to(); i++) {
            if (isSchemaBeforeName(i) && tokens.is(i + 3, "(") && !isDefinition(i)) {
                calls.add(i);
            }
        }
        return calls;
    }

    /** Whether another name stands in front: the database's, which is part of the function's name then. */
    boolean isQualifiedByDatabase(int call) {
        return tokens.is(call - 1, ".");
    }

    /** Whether the token is the schema's name with a dot and a name behind it. */
    private boolean isSchemaBeforeName(int token) {
        return tokens.is(token + 1, ".")
                && tokens.isIdentifier(token)
                && tokens.isIdentifier(token + 2)
                && tokens.name(token).equals(SCHEMA);
    }

    /**
     * A function of ours that is named without parentheses where no column can be meant, for want of a FROM; -1 for none.
     */
    int bareName() {
        if (!tokens.isWord(statement.from(), "select")) {
            return -1;
        }
        int found = -1;
        for (int i = statement.from(); i < statement.to(); i++) {
            if (tokens.isWord(i, "from")) {
                return -1;
            }
            boolean name = found < 0 && isSchemaBeforeName(i) && !tokens.is(i + 3, ".") && !tokens.is(i + 3, "(");
            if (name
                    && !tokens.is(i - 1, ".")
                    && FunctionCatalog.find(tokens.name(i + 2)).isPresent()) {
                found = i;
            }
        }
        return found;
    }

    /** Whether the name with parentheses behind it is that of something defined, not called. */
    private boolean isDefinition(int token) {
        int before = token - 1;
        if (before < statement.from()) {
            return false;
        }
        int leading = statement.from();
        if (tokens.isWord(leading, "grant", "revoke", "comment", "drop", "security", "analyze", "vacuum")) {
            return true;
        }
        if (tokens.isWord(leading, "create", "alter")) {
            return tokens.isWord(
                            before,
                            "function",
                            "procedure",
                            "routine",
                            "aggregate",
                            "table",
                            "view",
                            "type",
                            "exists",
                            "references")
                    || (tokens.isWord(before, "on") && isIndex(leading, before));
        }
        return (tokens.isWord(before, "into") && tokens.isWord(leading, "insert"))
                || (before == leading && tokens.isWord(before, "copy"));
    }

    /** CREATE INDEX … ON table: the ON that no parenthesis precedes. */
    private boolean isIndex(int leading, int on) {
        boolean index = false;
        for (int i = leading; i < on; i++) {
            index |= tokens.isWord(i, "index");
            if (tokens.is(i, "(")) {
                return false;
            }
        }
        return index;
    }
}
