package io.pgclonedb.proxy.sql;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a text into tokens by PostgreSQL's rules ("Lexical Structure" of its documentation), in linear time. Where its versions
 * differ, the text is cut so that no identifier stays hidden, and {@link #doubt} remembers it.
 */
final class Lexer {
    private static final String SYMBOLS = ",()[].;:";

    private final SqlText text;
    private final boolean standardConformingStrings;
    private final Quotes quotes;
    private int at;
    /** What stands before it are signs that were cut off an operator: each is one, and a long run is looked at only once. */
    private int signsEnd;

    private @Nullable PgException doubt;

    Lexer(SqlText text, boolean standardConformingStrings) {
        this.text = text;
        this.standardConformingStrings = standardConformingStrings;
        this.quotes = new Quotes(text);
    }

    /** What a statement with a call has to be refused with because servers of different versions read it differently. */
    @Nullable
    PgException doubt() {
        return doubt;
    }

    /**
     * The next token; null at the end.
     *
     * @throws PgException for what PostgreSQL cannot lex either
     */
    @Nullable
    Token next() {
        skipBlanks();
        int first = text.at(at);
        if (first < 0) {
            return null;
        }
        int start = at;
        TokenKind kind = quoted(first);
        if (kind == null) {
            kind = plain(first);
        }
        return new Token(kind, start, at);
    }

    private @Nullable TokenKind quoted(int first) {
        int second = text.at(at + 1);
        switch (first) {
            case '\'' -> {
                return standardConformingStrings ? string(TokenKind.STRING, 1) : string(TokenKind.ESCAPE_STRING, 1);
            }
            case '"' -> {
                at = quotes.identifierEnd(at, at);
                return TokenKind.QUOTED_IDENTIFIER;
            }
            case 'e', 'E' -> {
                return second == '\'' ? string(TokenKind.ESCAPE_STRING, 2) : null;
            }
            case 'n', 'N' -> {
                TokenKind kind = standardConformingStrings ? TokenKind.STRING : TokenKind.ESCAPE_STRING;
                return second == '\'' ? string(kind, 2) : null;
            }
            case 'b', 'B', 'x', 'X' -> {
                return second == '\'' ? string(TokenKind.BIT_STRING, 2) : null;
            }
            case 'u', 'U' -> {
                return second == '&' ? unicode() : null;
            }
            case '$' -> {
                int end = quotes.dollarEnd(at);
                if (end < 0) {
                    return null;
                }
                at = end;
                return TokenKind.DOLLAR_STRING;
            }
            default -> {
                return null;
            }
        }
    }

    private @Nullable TokenKind unicode() {
        int third = text.at(at + 2);
        if (third == '"') {
            at = quotes.identifierEnd(at, at + 2);
            return TokenKind.UNICODE_IDENTIFIER;
        }
        if (third != '\'') {
            return null;
        }
        if (!standardConformingStrings) {
            throw text.error(
                    PgException.error(
                                    SqlState.FEATURE_NOT_SUPPORTED,
                                    "unsafe use of string constant with Unicode escapes")
                            .withDetail("String constants with Unicode escapes cannot be used when"
                                    + " \"standard_conforming_strings\" is off."),
                    at);
        }
        return string(TokenKind.UNICODE_STRING, 3);
    }

    /** A string whose first quote is the last of {@code prefix} bytes. */
    private TokenKind string(TokenKind kind, int prefix) {
        at = quotes.stringEnd(at, at + prefix, kind);
        return kind;
    }

    private TokenKind plain(int first) {
        int second = text.at(at + 1);
        if (Characters.startsIdentifier(first)) {
            at = identifierEnd(at);
            return TokenKind.IDENTIFIER;
        }
        if (Characters.isDigit(first) || (first == '.' && Characters.isDigit(second))) {
            int start = at;
            at = new Numbers(text).end(start);
            refuseHidden(start);
            doubtJunk();
            return TokenKind.NUMBER;
        }
        if (first == '$' && Characters.isDigit(second)) {
            at++;
            while (Characters.isDigit(text.at(at))) {
                at++;
            }
            doubtJunk();
            return TokenKind.PARAMETER;
        }
        if (Characters.isOperator(first)) {
            int end = operatorEnd();
            boolean arrow = end - at == 2 && first == '=' && second == '>';
            at = end;
            return arrow ? TokenKind.SYMBOL : TokenKind.OPERATOR;
        }
        if (SYMBOLS.indexOf(first) < 0) {
            doubtStray(at);
        }
        at += isPair(first, second) ? 2 : 1;
        return TokenKind.SYMBOL;
    }

    private static boolean isPair(int first, int second) {
        return (first == ':' && (second == ':' || second == '=')) || (first == '.' && second == '.');
    }

    private int identifierEnd(int start) {
        int end = start + 1;
        while (Characters.continuesIdentifier(text.at(end))) {
            end++;
        }
        return end;
    }

    /**
     * To version 14 the 0x1$a$ of 16 is a zero and a name, to 16 itself a number and the start of a string: what follows would be
     * read in two ways.
     */
    private void refuseHidden(int start) {
        int next = text.at(at);
        if ((next == '$' || Characters.startsIdentifier(next)) && !new Numbers(text).isPlain(start, at)) {
            throw text.error(
                    PgException.error(
                            SqlState.SYNTAX_ERROR,
                            "trailing junk after numeric literal at or near \"" + text.shown(start, at + 1) + "\""),
                    start);
        }
    }

    /** Up to version 14 a number may touch a word; from 15 on that is an error. */
    private void doubtJunk() {
        if (doubt == null && Characters.startsIdentifier(text.at(at))) {
            doubt = text.error(
                    PgException.error(SqlState.SYNTAX_ERROR, "trailing junk after numeric literal or parameter"), at);
        }
    }

    private void doubtStray(int offset) {
        if (doubt == null) {
            doubt = text.syntaxError(offset, offset + 1);
        }
    }

    /** Longest run of operator characters without a comment in it; + and - end one only after certain others. */
    private int operatorEnd() {
        if (at < signsEnd) {
            return at + 1;
        }
        int end = at;
        boolean special = false;
        while (Characters.isOperator(text.at(end)) && !startsComment(end)) {
            special |= "~!@#^&|`?%".indexOf(text.at(end)) >= 0;
            end++;
        }
        signsEnd = special ? at : end;
        while (!special && end - at > 1 && (text.at(end - 1) == '+' || text.at(end - 1) == '-')) {
            end--;
        }
        return end;
    }

    private boolean startsComment(int offset) {
        int first = text.at(offset);
        int second = text.at(offset + 1);
        return (first == '-' && second == '-') || (first == '/' && second == '*');
    }

    private void skipBlanks() {
        while (true) {
            int next = text.at(at);
            if (Characters.isBlank(next)) {
                // White space from version 17 on, a syntax error before.
                if (next == 0x0b) {
                    doubtStray(at);
                }
                at++;
            } else if (!startsComment(at)) {
                return;
            } else if (next == '-') {
                at = Characters.lineEnd(text, at);
            } else {
                skipBlockComment();
            }
        }
    }

    private void skipBlockComment() {
        int start = at;
        int depth = 0;
        do {
            int first = text.at(at);
            int second = text.at(at + 1);
            if (first < 0) {
                throw Quotes.unterminated(text, "unterminated /* comment", start, 2);
            }
            if (first == '/' && second == '*') {
                depth++;
                at += 2;
            } else if (first == '*' && second == '/') {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0);
    }
}
