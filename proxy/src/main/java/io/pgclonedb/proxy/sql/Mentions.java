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

    private static final String[] ROUTINES = {"function", "procedure", "routine", "aggregate"};

    private final Tokens tokens;
    private final Script.Range statement;
    private final int indexOn;

    Mentions(Tokens tokens, Script.Range statement) {
        this.tokens = tokens;
        this.statement = statement;
        this.indexOn = indexOn(tokens, statement);
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
        int leading = statement.from();
        if (before < leading) {
            return false;
        }
        if (tokens.isWord(leading, "create")) {
            return tokens.isWord(before, ROUTINES)
                    || tokens.isWord(before, "table", "view", "type", "references")
                    || (tokens.isWord(before, "exists") && tokens.isWord(before - 1, "not"))
                    || before == indexOn;
        }
        return holdsNamesOnly(token + 3) && isNamedInCommand(leading, before);
    }

    /** Commands that take a signature or a list of columns, and never an expression in that place. */
    private boolean isNamedInCommand(int leading, int before) {
        if (tokens.isWord(leading, "grant", "revoke", "comment", "drop", "security", "analyze", "vacuum")) {
            return true;
        }
        if (tokens.isWord(leading, "alter")) {
            return tokens.isWord(before, ROUTINES) || tokens.isWord(before, "type", "references");
        }
        return (tokens.isWord(before, "into") && tokens.isWord(leading, "insert"))
                || (before == leading && tokens.isWord(before, "copy"));
    }

    /** Whether there is no literal between these parentheses, as there is in a call that was mistyped. */
    private boolean holdsNamesOnly(int open) {
        for (int i = open + 1; i < statement.to() && !tokens.is(i, ")"); i++) {
            if (tokens.is(i, "(") || tokens.isLiteral(i)) {
                return false;
            }
        }
        return true;
    }

    /** The ON of CREATE [UNIQUE] INDEX … ON table; -1 when the statement is another. */
    private static int indexOn(Tokens tokens, Script.Range statement) {
        int index = tokens.isWord(statement.from() + 1, "unique") ? statement.from() + 2 : statement.from() + 1;
        if (!tokens.isWord(index, "index")) {
            return -1;
        }
        for (int i = index; i < statement.to() && !tokens.is(i, "("); i++) {
            if (tokens.isWord(i, "on")) {
                return i;
            }
        }
        return -1;
    }
}
