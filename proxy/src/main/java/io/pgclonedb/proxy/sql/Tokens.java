package io.pgclonedb.proxy.sql;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tokens of a text, looked at by index. Indexes outside the list are allowed: nothing is there. Immutable. */
final class Tokens {
    private final SqlText text;
    private final List<Token> tokens;
    private final @Nullable PgException doubt;

    private Tokens(SqlText text, List<Token> tokens, @Nullable PgException doubt) {
        this.text = text;
        this.tokens = tokens;
        this.doubt = doubt;
    }

    /** Lexes a text whole. */
    static Tokens of(SqlText text, boolean standardConformingStrings) {
        Lexer lexer = new Lexer(text, standardConformingStrings);
        List<Token> tokens = new ArrayList<>();
        for (Token token = lexer.next(); token != null; token = lexer.next()) {
            tokens.add(token);
        }
        return new Tokens(text, withEscapes(text, tokens), lexer.doubt());
    }

    /** Takes every UESCAPE into the token it belongs to. */
    private static List<Token> withEscapes(SqlText text, List<Token> raw) {
        List<Token> merged = new ArrayList<>(raw.size());
        for (int i = 0; i < raw.size(); i++) {
            Token token = raw.get(i);
            boolean unicode = token.kind() == TokenKind.UNICODE_IDENTIFIER || token.kind() == TokenKind.UNICODE_STRING;
            if (unicode && i + 1 < raw.size() && isUescape(text, raw.get(i + 1))) {
                Token escape = i + 2 < raw.size() ? raw.get(i + 2) : raw.get(i + 1);
                merged.add(new Token(token.kind(), token.start(), escape.end(), escapeCharacter(text, escape)));
                i += 2;
            } else {
                merged.add(token);
            }
        }
        return merged;
    }

    private static boolean isUescape(SqlText text, Token token) {
        return token.kind() == TokenKind.IDENTIFIER
                && text.shown(token.start(), token.end()).equalsIgnoreCase("uescape");
    }

    private static char escapeCharacter(SqlText text, Token token) {
        if (!token.kind().isString()) {
            throw text.error(
                    PgException.error(SqlState.SYNTAX_ERROR, "UESCAPE must be followed by a simple string literal"),
                    token.start());
        }
        String escape = new Literals(text).string(token);
        if (escape == null || escape.length() != 1 || !Literals.mayEscape(escape.charAt(0))) {
            throw text.error(
                    PgException.error(SqlState.SYNTAX_ERROR, "invalid Unicode escape character"), token.start());
        }
        return escape.charAt(0);
    }

    SqlText text() {
        return text;
    }

    int size() {
        return tokens.size();
    }

    Token get(int index) {
        return tokens.get(index);
    }

    /** See {@link Lexer#doubt}. */
    @Nullable
    PgException doubt() {
        return doubt;
    }

    private boolean exists(int index) {
        return index >= 0 && index < tokens.size();
    }

    /** Offset of a token's first byte; the length of the text behind the last token. */
    int start(int index) {
        return exists(index) ? get(index).start() : text.length();
    }

    /** Whether the token is this symbol or operator. */
    boolean is(int index, String symbol) {
        if (!exists(index) || !(kindIs(index, TokenKind.SYMBOL) || kindIs(index, TokenKind.OPERATOR))) {
            return false;
        }
        Token token = get(index);
        if (token.end() - token.start() != symbol.length()) {
            return false;
        }
        for (int i = 0; i < symbol.length(); i++) {
            if (text.at(token.start() + i) != symbol.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    boolean kindIs(int index, TokenKind kind) {
        return exists(index) && get(index).kind() == kind;
    }

    boolean isIdentifier(int index) {
        return exists(index) && get(index).kind().isIdentifier();
    }

    /** Whether the token is a string, bit string, number or parameter. */
    boolean isLiteral(int index) {
        return exists(index)
                && !isIdentifier(index)
                && !kindIs(index, TokenKind.OPERATOR)
                && !kindIs(index, TokenKind.SYMBOL);
    }

    /** Whether the token is one of these words without quotes, as key words are; they are given in lower case. */
    boolean isWord(int index, String... words) {
        if (!kindIs(index, TokenKind.IDENTIFIER)) {
            return false;
        }
        for (String word : words) {
            if (get(index).end() - get(index).start() == word.length() && word.equals(name(index))) {
                return true;
            }
        }
        return false;
    }

    /** The identifier as PostgreSQL understands it: folded, or without its quotes and escapes. */
    String name(int index) {
        Token token = get(index);
        return switch (token.kind()) {
            case QUOTED_IDENTIFIER ->
                text.shown(token.start() + 1, token.end() - 1).replace("\"\"", "\"");
            case UNICODE_IDENTIFIER -> new Literals(text).unicodeIdentifier(token);
            default -> Characters.fold(text.shown(token.start(), token.end()));
        };
    }

    /** The token as it was written. */
    String shown(int index) {
        return text.shown(get(index).start(), get(index).end());
    }

    /** PostgreSQL's syntax error at this token. */
    PgException syntaxError(int index) {
        return exists(index)
                ? text.syntaxError(get(index).start(), get(index).end())
                : text.syntaxError(text.length(), text.length());
    }

    /** The error with the position of a token. */
    PgException error(PgException error, int index) {
        return text.error(error, start(index));
    }
}
