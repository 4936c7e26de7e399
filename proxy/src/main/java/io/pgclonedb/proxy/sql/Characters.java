package io.pgclonedb.proxy.sql;

/** Classes of bytes as PostgreSQL's lexer has them; -1, the end of the text, is in none. */
final class Characters {
    private Characters() {}

    static boolean startsIdentifier(int b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '_' || b >= 0x80;
    }

    static boolean continuesIdentifier(int b) {
        return startsIdentifier(b) || isDigit(b) || b == '$';
    }

    static boolean isDigit(int b) {
        return b >= '0' && b <= '9';
    }

    /** Value of a digit in a base; -1 when it is none. */
    static int digit(int b, int base) {
        return b < 0 || b >= 0x80 ? -1 : Character.digit(b, base);
    }

    static boolean isOperator(int b) {
        return b > 0 && "~!@#^&|`?+-*/%<>=".indexOf(b) >= 0;
    }

    /** White space, the vertical tab included. */
    static boolean isBlank(int b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    static boolean isLineEnd(int b) {
        return b == '\n' || b == '\r';
    }

    /** Where the line ends that an offset is in, before its line end. */
    static int lineEnd(SqlText text, int offset) {
        int end = offset;
        while (end < text.length() && !isLineEnd(text.at(end))) {
            end++;
        }
        return end;
    }

    /** Folds as PostgreSQL folds ASCII in unquoted identifiers. */
    static String fold(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            folded.append(c >= 'A' && c <= 'Z' ? (char) (c + 'a' - 'A') : c);
        }
        return folded.toString();
    }
}
