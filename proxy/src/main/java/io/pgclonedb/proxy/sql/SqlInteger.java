package io.pgclonedb.proxy.sql;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Integers in decimal digits. */
final class SqlInteger {
    private static final int LONGEST = 40;

    private SqlInteger() {}

    /** The value of digits with at most one sign before them; null when they are something else or exceed 64 bits. */
    static @Nullable Long of(String text) {
        BigInteger value = any(text);
        return value != null && value.bitLength() < Long.SIZE ? Long.valueOf(value.longValue()) : null;
    }

    /** The same without the limit of 64 bits. */
    static @Nullable BigInteger any(String text) {
        int from = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        if (text.length() == from || text.length() > LONGEST) {
            return null;
        }
        for (int i = from; i < text.length(); i++) {
            if (!Characters.isDigit(text.charAt(i))) {
                return null;
            }
        }
        return new BigInteger(text);
    }
}
