package io.pgclonedb.proxy.sql;

/** Numeric constants, those of PostgreSQL 16 (0x1F, 1_000) included. */
final class Numbers {
    private final SqlText text;

    Numbers(SqlText text) {
        this.text = text;
    }

    /** Where the number ends that begins at an offset with a digit, or with a dot and a digit. */
    int end(int start) {
        int base = text.at(start) == '0' ? base(text.at(start + 1)) : 10;
        if (base != 10) {
            int end = digits(start + 2, base, true);
            return end > start + 2 ? end : start + 1;
        }
        int end = digits(start, 10, false);
        if (text.at(end) == '.' && text.at(end + 1) != '.') {
            end = digits(end + 1, 10, false);
        }
        int exponent = text.at(end) | 0x20;
        if (exponent == 'e') {
            int sign = text.at(end + 1);
            int from = end + (sign == '+' || sign == '-' ? 2 : 1);
            int behind = digits(from, 10, false);
            return behind > from ? behind : end;
        }
        return end;
    }

    /** Whether the number is written as versions before 16 know it: without base and underscores. */
    boolean isPlain(int start, int end) {
        for (int i = start; i < end; i++) {
            int b = text.at(i);
            boolean exponent = b == 'e' || b == 'E';
            if (b == '_' || (Characters.startsIdentifier(b) && !exponent)) {
                return false;
            }
        }
        return true;
    }

    private static int base(int letter) {
        return switch (letter) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 10;
        };
    }

    /** Digits with single underscores between them, and before the first where that is allowed. */
    private int digits(int from, int base, boolean underscoreFirst) {
        int end = from;
        while (true) {
            int digit = end;
            if (text.at(end) == '_' && (end > from || underscoreFirst)) {
                digit++;
            }
            if (Characters.digit(text.at(digit), base) < 0) {
                return end;
            }
            end = digit + 1;
        }
    }
}
