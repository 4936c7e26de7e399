package io.pgclonedb.proxy.sql;

import io.netty.buffer.ByteBuf;

/**
 * The search that all ordinary traffic pays for: whether a text can hold a call at all. A call needs the bytes {@code
 * pgclonedb}, in any case, or an identifier in Unicode escapes, {@code U&"}. A hit means no more than that the text has to be
 * lexed. Allocates nothing.
 */
public final class CallSearch {
    private static final String NAME = "pgclonedb";
    /** The longest thing searched for. */
    static final int LONGEST = NAME.length();

    private static final long AMPERSANDS = 0x2626262626262626L;
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    /** For each pair of bytes one bit: whether they follow one another in the name. */
    private static final long[] PAIRS = pairs();

    private CallSearch() {}

    private static long[] pairs() {
        long[] pairs = new long[(1 << 16) / Long.SIZE];
        for (int i = 1; i < NAME.length(); i++) {
            for (int first : cases(NAME.charAt(i - 1))) {
                for (int second : cases(NAME.charAt(i))) {
                    int pair = first << Byte.SIZE | second;
                    pairs[pair / Long.SIZE] |= 1L << pair;
                }
            }
        }
        return pairs;
    }

    private static int[] cases(char letter) {
        return new int[] {letter, Character.toUpperCase(letter)};
    }

    /**
     * Whether the bytes may hold a call. Moves no index of the buffer.
     *
     * @param index of the first byte
     * @param length in bytes
     */
    public static boolean found(ByteBuf text, int index, int length) {
        int end = index + length;
        int at = index;
        // Nine letters always cover the last two bytes of some whole word of eight: those are all there is to look at.
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long word = text.getLong(at);
            int pair = (int) word & 0xffff;
            if ((PAIRS[pair / Long.SIZE] & (1L << pair)) != 0 && nameAround(text, at + Long.BYTES - 1, index, end)) {
                return true;
            }
            long zeroWhereAmpersand = word ^ AMPERSANDS;
            if (((zeroWhereAmpersand - LOW_BITS) & ~zeroWhereAmpersand & HIGH_BITS) != 0
                    && unicodeIdentifierIn(text, at, at + Long.BYTES, index, end)) {
                return true;
            }
        }
        return unicodeIdentifierIn(text, at, end, index, end);
    }

    /** Whether the name covers the byte at an index. */
    private static boolean nameAround(ByteBuf text, int covered, int from, int end) {
        int first = Math.max(from, covered - NAME.length() + 1);
        int last = Math.min(covered, end - NAME.length());
        for (int start = first; start <= last; start++) {
            if (nameAt(text, start)) {
                return true;
            }
        }
        return false;
    }

    private static boolean nameAt(ByteBuf text, int start) {
        for (int i = 0; i < NAME.length(); i++) {
            if ((text.getByte(start + i) | 0x20) != NAME.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether an ampersand between two indexes is the middle of {@code U&"}. */
    private static boolean unicodeIdentifierIn(ByteBuf text, int first, int last, int from, int end) {
        for (int i = first; i < last; i++) {
            if (text.getByte(i) == '&'
                    && i > from
                    && i + 1 < end
                    && (text.getByte(i - 1) | 0x20) == 'u'
                    && text.getByte(i + 1) == '"') {
                return true;
            }
        }
        return false;
    }
}
