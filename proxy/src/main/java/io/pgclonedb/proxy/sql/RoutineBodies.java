package io.pgclonedb.proxy.sql;

import io.pgclonedb.proxy.error.PgException;
import java.nio.charset.StandardCharsets;

/**
 * Finds calls in the bodies of DO, CREATE FUNCTION and CREATE PROCEDURE: strings that the server runs as SQL later, where nobody
 * could serve them. For one text; not thread-safe.
 */
final class RoutineBodies {
    private final SqlText text;
    /** How many words of the statement have been seen while it could still turn out to have a body. */
    private int words;

    private boolean possible = true;
    private boolean body;

    RoutineBodies(SqlText text) {
        this.text = text;
    }

    /** Takes the next token of the text; whether it is a body in which the schema's name stands. */
    boolean mayHoldCall(Token token) {
        if (token.kind() == TokenKind.SYMBOL && text.at(token.start()) == ';') {
            words = 0;
            possible = true;
            body = false;
            return false;
        }
        if (possible && !body) {
            follow(token);
        }
        boolean string = token.kind().isString();
        return body
                && string
                && Characters.fold(text.shown(token.start(), token.end())).contains(Mentions.SCHEMA);
    }

    private void follow(Token token) {
        String word =
                token.kind() == TokenKind.IDENTIFIER ? Characters.fold(text.shown(token.start(), token.end())) : "";
        body = words == 0 ? word.equals("do") : word.equals("function") || word.equals("procedure");
        possible = words == 0 ? body || word.equals("create") : body || word.equals("or") || word.equals("replace");
        words++;
    }

    /**
     * Offset of the first call in a body of the statement; -1 for none. A body in a language other than SQL and PL/pgSQL holds
     * none.
     */
    static int call(Tokens tokens, Script.Range statement, PlanOptions options) {
        if (!isRoutine(tokens, statement) || !isSql(tokens, statement)) {
            return -1;
        }
        for (int i = statement.from(); i < statement.to(); i++) {
            if (tokens.get(i).kind().isString()) {
                int call = call(tokens, i, options);
                if (call >= 0) {
                    return call;
                }
            }
        }
        return -1;
    }

    private static boolean isRoutine(Tokens tokens, Script.Range statement) {
        int first = statement.from();
        if (!tokens.isWord(first, "create")) {
            return tokens.isWord(first, "do");
        }
        int kind = tokens.isWord(first + 1, "or") ? first + 3 : first + 1;
        return tokens.isWord(kind, "function", "procedure");
    }

    private static boolean isSql(Tokens tokens, Script.Range statement) {
        for (int i = statement.from(); i + 1 < statement.to(); i++) {
            if (tokens.isWord(i, "language") && tokens.isIdentifier(i + 1)) {
                String language = tokens.name(i + 1);
                return language.equals("sql") || language.equals("plpgsql");
            }
        }
        return true;
    }

    private static int call(Tokens tokens, int string, PlanOptions options) {
        Token token = tokens.get(string);
        String value = new Literals(tokens.text()).string(token);
        if (value == null || !Characters.fold(value).contains(Mentions.SCHEMA)) {
            return -1;
        }
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        try {
            Tokens inner = Tokens.of(new SqlText(bytes, ClientEncoding.UTF8), options.standardConformingStrings());
            boolean found = !new Mentions(inner, new Script.Range(0, inner.size()))
                    .calls()
                    .isEmpty();
            return found ? token.start() : -1;
        } catch (PgException unreadable) {
            return token.start();
        }
    }
}
