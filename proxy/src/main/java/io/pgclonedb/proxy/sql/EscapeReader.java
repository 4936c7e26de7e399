package io.pgclonedb.proxy.sql;

/** Backslash escapes of {@code E'…'} ("String Constants with C-Style Escapes"). */
record EscapeReader() implements EscapeSyntax {
    private static final String LETTERS = "bfnrt";
    private static final String MEANINGS = "\b\f\n\r\t";

    @Override
    public int read(String content, int at, StringBuilder value) {
        char c = content.charAt(at);
        if (c != '\\') {
            value.append(c);
            return at + 1;
        }
        if (at + 1 >= content.length()) {
            return -1;
        }
        char next = content.charAt(at + 1);
        if (Characters.digit(next, 8) >= 0) {
            return number(content, at + 1, 8, 3, value);
        }
        if (next == 'x' && at + 2 < content.length() && Characters.digit(content.charAt(at + 2), 16) >= 0) {
            return number(content, at + 2, 16, 2, value);
        }
        if (next == 'u' || next == 'U') {
            int digits = next == 'u' ? 4 : 8;
            int codePoint = EscapeSyntax.codePoint(content, at + 2, digits);
            if (codePoint <= 0) {
                return -1;
            }
            value.appendCodePoint(codePoint);
            return at + 2 + digits;
        }
        int letter = LETTERS.indexOf(next);
        value.append(letter >= 0 ? MEANINGS.charAt(letter) : next);
        return at + 2;
    }

    /** A byte by its number: in ASCII it is a character, beyond it depends on the server's encoding. */
    private static int number(String content, int from, int base, int most, StringBuilder value) {
        int at = from;
        int number = 0;
        while (at < content.length() && at < from + most && Characters.digit(content.charAt(at), base) >= 0) {
            number = number * base + Characters.digit(content.charAt(at), base);
            at++;
        }
        if (number == 0 || number >= 0x80) {
            return -1;
        }
        value.append((char) number);
        return at;
    }
}
