package io.pgclonedb.proxy.sql;

/** A way to write characters in escapes. */
interface EscapeSyntax {
    /**
     * Reads the character at an index.
     *
     * @return the index of the next one; -1 when the escape is invalid or means a byte of an unknown character
     */
    int read(String content, int at, StringBuilder value);

    /** Reads a code point of exactly so many hexadecimal digits; -1 when it is none. */
    static int codePoint(String content, int at, int digits) {
        if (at + digits > content.length()) {
            return -1;
        }
        int value = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = Characters.digit(content.charAt(i), 16);
            if (digit < 0 || value > Character.MAX_CODE_POINT) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value <= Character.MAX_CODE_POINT ? value : -1;
    }
}
