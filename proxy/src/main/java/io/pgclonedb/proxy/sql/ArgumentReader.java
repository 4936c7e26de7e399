package io.pgclonedb.proxy.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells plain literals and parameters from other expressions. */
final class ArgumentReader {
    /** Parentheses and casts around an argument beyond which it is not looked at any further. */
    private static final int MOST_LAYERS = 20;

    private final Tokens tokens;

    ArgumentReader(Tokens tokens) {
        this.tokens = tokens;
    }

    ArgumentExpression read(Script.Range expression) {
        List<String> casts = new ArrayList<>();
        Script.Range core = expression;
        for (int layer = 0; layer < MOST_LAYERS; layer++) {
            Script.Range inner = peel(core, casts);
            if (inner == null) {
                Collections.reverse(casts);
                return new ArgumentExpression(form(core), casts);
            }
            core = inner;
        }
        return new ArgumentExpression(new ArgumentForm.Expression(), List.of());
    }

    /** Takes off one pair of parentheses or one cast; null when there is none. Casts come the outermost first. */
    private Script.@Nullable Range peel(Script.Range range, List<String> casts) {
        int last = range.to() - 1;
        if (tokens.is(range.from(), "(") && closing(range.from(), range.to()) == last && last > range.from() + 1) {
            return new Script.Range(range.from() + 1, last);
        }
        boolean function = tokens.isWord(range.from(), "cast") && tokens.is(range.from() + 1, "(");
        if (function && closing(range.from() + 1, range.to()) == last) {
            int as = lastAtTop(range.from() + 2, last, "as");
            if (as > range.from() + 2) {
                casts.add(type(as + 1, last));
                return new Script.Range(range.from() + 2, as);
            }
            return null;
        }
        int cast = lastAtTop(range.from(), range.to(), "::");
        // -5::int is the negation of a cast, and so no literal any more.
        if (cast > range.from() && !isSign(range.from())) {
            String type = type(cast + 1, range.to());
            if (type.equals(ArgumentExpression.OTHER)) {
                return null;
            }
            casts.add(type);
            return new Script.Range(range.from(), cast);
        }
        return null;
    }

    private boolean isSign(int token) {
        return tokens.is(token, "-") || tokens.is(token, "+");
    }

    private int closing(int open, int to) {
        int depth = 0;
        for (int i = open; i < to; i++) {
            if (tokens.is(i, "(")) {
                depth++;
            } else if (tokens.is(i, ")") && --depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** The last of a symbol or word outside parentheses and brackets; -1 for none. */
    private int lastAtTop(int from, int to, String wanted) {
        int depth = 0;
        int found = -1;
        for (int i = from; i < to; i++) {
            if (tokens.is(i, "(") || tokens.is(i, "[")) {
                depth++;
            } else if (tokens.is(i, ")") || tokens.is(i, "]")) {
                depth--;
            } else if (depth == 0 && (tokens.is(i, wanted) || tokens.isWord(i, wanted))) {
                found = i;
            }
        }
        return found;
    }

    /** The plain name of a type without modifier, perhaps with schema pg_catalog. */
    private String type(int from, int to) {
        boolean qualified = tokens.isWord(from, "pg_catalog") && tokens.is(from + 1, ".");
        int name = qualified ? from + 2 : from;
        if (to - name == 1 && tokens.isIdentifier(name)) {
            return tokens.name(name);
        }
        if (to - name == 2 && tokens.isWord(name, "character") && tokens.isWord(name + 1, "varying")) {
            return "varchar";
        }
        return ArgumentExpression.OTHER;
    }

    private ArgumentForm form(Script.Range core) {
        int first = core.from();
        if (core.to() - first == 2 && isSign(first) && tokens.kindIs(first + 1, TokenKind.NUMBER)) {
            return new ArgumentForm.NumberLiteral((tokens.is(first, "-") ? "-" : "") + tokens.shown(first + 1));
        }
        if (core.to() - first != 1) {
            return new ArgumentForm.Expression();
        }
        Token token = tokens.get(first);
        if (token.kind().isString()) {
            return new ArgumentForm.StringLiteral(new Literals(tokens.text()).string(token));
        }
        if (token.kind() == TokenKind.NUMBER) {
            return new ArgumentForm.NumberLiteral(tokens.shown(first));
        }
        if (token.kind() == TokenKind.PARAMETER) {
            return new ArgumentForm.ParameterReference(Parameters.number(tokens, first));
        }
        if (tokens.isWord(first, "true", "false")) {
            return new ArgumentForm.BooleanLiteral(tokens.isWord(first, "true"));
        }
        return tokens.isWord(first, "null") ? new ArgumentForm.NullLiteral() : new ArgumentForm.Expression();
    }
}
