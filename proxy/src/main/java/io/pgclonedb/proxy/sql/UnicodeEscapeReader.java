package io.pgclonedb.proxy.sql;

/** {@code \XXXX} and {@code \+XXXXXX} of {@code U&'…'} and {@code U&"…"}, with any escape character. */
record UnicodeEscapeReader(char escape) implements EscapeSyntax {
    @Override
    public int read(String content, int at, StringBuilder value) {
        char c = content.charAt(at);
        if (c != escape) {
            value.append(c);
            return at + 1;
        }
        if (at + 1 < content.length() && content.charAt(at + 1) == escape) {
            value.append(c);
            return at + 2;
        }
        boolean six = at + 1 < content.length() && content.charAt(at + 1) == '+';
        int digits = six ? 6 : 4;
        int from = at + (six ? 2 : 1);
        int codePoint = EscapeSyntax.codePoint(content, from, digits);
        if (codePoint <= 0) {
            return -1;
        }
        value.appendCodePoint(codePoint);
        return from + digits;
    }
}
