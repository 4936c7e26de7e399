package io.pgclonedb.proxy.sql;

import io.pgclonedb.proxy.error.PgException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A copy of a statement in which only its shape is left: calls are placeholders, literals are blank, comments are gone. What
 * PostgreSQL alone knows (its string syntax, named arguments) is gone as well, so that a general parser can read it.
 */
final class MaskedStatement {
    private static final String PLACEHOLDER = "pgclonedbcall";
    private static final int LONGEST = 16 * 1024;
    private static final int DEEPEST = 50;

    private final Tokens tokens;
    private final Map<String, Integer> names = new HashMap<>();
    private final StringBuilder masked = new StringBuilder();
    private final Deque<Integer> open = new ArrayDeque<>();

    private MaskedStatement(Tokens tokens) {
        this.tokens = tokens;
    }

    /** What stands in place of a call. */
    static String placeholder(int call) {
        return PLACEHOLDER + call;
    }

    /**
     * Masks a statement.
     *
     * @param calls in the order of the text, none inside another
     * @throws PgException when the statement is too long or nested too deeply to be looked at
     */
    static String of(Tokens tokens, Script.Range statement, List<CallSite> calls) {
        MaskedStatement copy = new MaskedStatement(tokens);
        int call = 0;
        for (int i = statement.from(); i < statement.to(); i++) {
            if (call < calls.size() && calls.get(call).first() == i) {
                copy.masked.append(placeholder(call)).append("() ");
                i = calls.get(call).close();
                call++;
            } else if (!copy.isArgumentName(i)) {
                copy.add(i);
            } else {
                i++;
            }
            if (copy.masked.length() > LONGEST) {
                throw tokens.error(CallErrors.tooLong(), i);
            }
        }
        return copy.masked.toString();
    }

    /** Whether a name and an arrow begin here. */
    private boolean isArgumentName(int token) {
        return tokens.isIdentifier(token)
                && (tokens.is(token + 1, ":=") || tokens.is(token + 1, "=>"))
                && (tokens.is(token - 1, "(") || tokens.is(token - 1, ","));
    }

    private void add(int token) {
        switch (tokens.get(token).kind()) {
            case STRING, ESCAPE_STRING, UNICODE_STRING, DOLLAR_STRING, BIT_STRING -> masked.append("''");
            case PARAMETER -> masked.append('1');
            case NUMBER -> {
                Long value = SqlInteger.of(tokens.shown(token));
                masked.append(value == null ? "1" : value.toString());
            }
            case IDENTIFIER -> addName(token);
            case QUOTED_IDENTIFIER, UNICODE_IDENTIFIER ->
                masked.append('"').append(plain(tokens.name(token))).append('"');
            case OPERATOR, SYMBOL -> masked.append(tokens.shown(token));
        }
        masked.append(tokens.is(token + 1, ".") || tokens.is(token, ".") ? "" : " ");
        follow(token);
    }

    /** Follows what is open: END closes a CASE and nothing else, and is a name behind a dot or AS. */
    private void follow(int token) {
        boolean name = tokens.is(token - 1, ".") || tokens.isWord(token - 1, "as");
        if (tokens.is(token, "(") || tokens.is(token, "[") || (tokens.isWord(token, "case") && !name)) {
            open.push(token);
            if (open.size() > DEEPEST) {
                throw tokens.error(CallErrors.tooDeep(), token);
            }
        } else if (closes(token, name)) {
            open.pop();
        }
    }

    private boolean closes(int token, boolean name) {
        if (open.isEmpty()) {
            return false;
        }
        int innermost = open.element();
        return (tokens.is(token, ")") && tokens.is(innermost, "("))
                || (tokens.is(token, "]") && tokens.is(innermost, "["))
                || (tokens.isWord(token, "end") && !name && tokens.isWord(innermost, "case"));
    }

    private void addName(int token) {
        String name = tokens.shown(token);
        if (Characters.fold(name).startsWith(PLACEHOLDER)) {
            throw tokens.error(CallErrors.unknownShape(), token);
        }
        masked.append(name.chars().allMatch(c -> c < 0x80) ? name : plain(Characters.fold(name)));
    }

    /** The same word for the same name, made of letters that every parser takes. */
    private String plain(String name) {
        boolean harmless = name.chars()
                .allMatch(c -> Characters.isDigit(c) || c == '_' || c == ' ' || (c < 0x80 && Character.isLetter(c)));
        if (harmless && !Characters.fold(name).startsWith(PLACEHOLDER)) {
            return name;
        }
        names.putIfAbsent(name, names.size());
        return "masked_name_" + names.get(name);
    }
}
