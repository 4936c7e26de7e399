package io.pgclonedb.proxy.sql;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;

/** Where quoted things end. */
final class Quotes {
    private final SqlText text;

    Quotes(SqlText text) {
        this.text = text;
    }

    /** Shows only what opened it: the rest may be a secret. */
    static PgException unterminated(SqlText text, String what, int start, int shown) {
        String near = text.shown(start, Math.min(text.length(), start + shown));
        return text.error(PgException.error(SqlState.SYNTAX_ERROR, what + " at or near \"" + near + "\""), start);
    }

    /**
     * The end of a quoted identifier.
     *
     * @param start of the token, for the error
     * @param quote offset of the opening quote
     */
    int identifierEnd(int start, int quote) {
        int at = quote + 1;
        while (true) {
            int next = text.at(at);
            if (next < 0) {
                throw unterminated(text, "unterminated quoted identifier", start, quote + 1 - start);
            }
            if (next == '"') {
                if (text.at(at + 1) != '"') {
                    break;
                }
                at++;
            }
            at++;
        }
        if (at == quote + 1) {
            throw text.error(PgException.error(SqlState.SYNTAX_ERROR, "zero-length delimited identifier"), start);
        }
        return at + 1;
    }

    /**
     * The end of a string, of all its lines.
     *
     * @param start of the token, for the error
     * @param inside offset behind the opening quote
     */
    int stringEnd(int start, int inside, TokenKind kind) {
        int at = inside;
        while (true) {
            at = segmentEnd(start, at, inside - start, kind);
            int next = nextSegment(at);
            if (next < 0) {
                return at;
            }
            at = next;
        }
    }

    private int segmentEnd(int start, int inside, int prefix, TokenKind kind) {
        int at = inside;
        while (true) {
            int next = text.at(at);
            if (next < 0) {
                throw unterminated(text, "unterminated quoted string", start, prefix);
            }
            if (next == '\\' && kind == TokenKind.ESCAPE_STRING) {
                at += 2;
            } else if (next != '\'') {
                at++;
            } else if (text.at(at + 1) == '\'' && kind != TokenKind.BIT_STRING) {
                at += 2;
            } else {
                return at + 1;
            }
        }
    }

    /**
     * A string goes on behind white space with a line end in it, where -- comments may stand as well.
     *
     * @param end behind a closing quote
     * @return the offset behind the next opening quote; -1 when the string is over
     */
    int nextSegment(int end) {
        boolean newLine = false;
        int at = end;
        while (true) {
            int next = text.at(at);
            if (next == '\'') {
                return newLine ? at + 1 : -1;
            }
            if (Characters.isBlank(next)) {
                newLine |= Characters.isLineEnd(next);
                at++;
            } else if (next == '-' && text.at(at + 1) == '-') {
                at = Characters.lineEnd(text, at);
            } else {
                return -1;
            }
        }
    }

    /** The end of a dollar-quoted string; -1 when the dollar begins none. */
    int dollarEnd(int start) {
        int tagEnd = start + 1;
        if (Characters.startsIdentifier(text.at(tagEnd))) {
            while (Characters.startsIdentifier(text.at(tagEnd)) || Characters.isDigit(text.at(tagEnd))) {
                tagEnd++;
            }
        }
        if (text.at(tagEnd) != '$') {
            return -1;
        }
        int length = tagEnd + 1 - start;
        for (int at = tagEnd + 1; at < text.length(); at++) {
            if (text.at(at) == '$' && sameDelimiter(start, at, length)) {
                return at + length;
            }
        }
        throw unterminated(text, "unterminated dollar-quoted string", start, length);
    }

    /** A tag holds no dollar, so that comparing never looks at a byte twice. */
    private boolean sameDelimiter(int opening, int closing, int length) {
        for (int i = 1; i < length; i++) {
            if (text.at(opening + i) != text.at(closing + i)) {
                return false;
            }
        }
        return true;
    }
}
