package io.pgclonedb.proxy.sql;

import io.pgclonedb.policy.ArgumentType;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.math.BigInteger;
import java.util.Locale;

/** Reads a value from its text form, as PostgreSQL's input functions do. */
public final class ArgumentText {
    private static final String BLANKS = " \t\n\r\f\u000b";

    private ArgumentText() {}

    /**
     * The value as {@link io.pgclonedb.policy.Arguments} wants it. Timestamps and intervals stay text.
     *
     * @throws PgException 22P02 or 22003 in PostgreSQL's words, when the text is no value of the type
     */
    public static Object read(ArgumentType type, String text) {
        return switch (type) {
            case TEXT, TIMESTAMPTZ, INTERVAL -> text;
            case BOOLEAN -> bool(text);
            case INTEGER -> (int) integer(type, text, Integer.SIZE);
            case BIGINT -> integer(type, text, Long.SIZE);
        };
    }

    private static long integer(ArgumentType type, String text, int bits) {
        BigInteger value = SqlInteger.any(strip(text));
        if (value == null) {
            throw invalid(type, text);
        }
        if (value.bitLength() >= bits) {
            throw PgException.error(
                    SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
                    "value \"" + text + "\" is out of range for type " + type.sqlName());
        }
        return value.longValue();
    }

    private static boolean bool(String text) {
        String word = strip(text).toLowerCase(Locale.ROOT);
        boolean yes = isStart(word, "true", 1) || isStart(word, "yes", 1) || word.equals("on") || word.equals("1");
        boolean no = isStart(word, "false", 1) || isStart(word, "no", 1) || isStart(word, "off", 2) || word.equals("0");
        if (!yes && !no) {
            throw invalid(ArgumentType.BOOLEAN, text);
        }
        return yes;
    }

    private static boolean isStart(String word, String whole, int least) {
        return word.length() >= least && whole.startsWith(word);
    }

    private static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && BLANKS.indexOf(text.charAt(from)) >= 0) {
            from++;
        }
        while (to > from && BLANKS.indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return text.substring(from, to);
    }

    private static PgException invalid(ArgumentType type, String text) {
        return PgException.error(
                SqlState.INVALID_TEXT_REPRESENTATION,
                "invalid input syntax for type " + type.sqlName() + ": \"" + text + "\"");
    }
}
