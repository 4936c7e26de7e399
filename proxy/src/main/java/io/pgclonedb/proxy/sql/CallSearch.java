package io.pgclonedb.proxy.sql;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

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
    /** For each byte its place in the name, whose letters all differ; -1 for other bytes. */
    private static final byte[] PLACE = places();

    private CallSearch() {}

    private static byte[] places() {
        byte[] places = new byte[256];
        Arrays.fill(places, (byte) -1);
        for (int i = 0; i < NAME.length(); i++) {
            places[NAME.charAt(i)] = (byte) i;
            places[Character.toUpperCase(NAME.charAt(i))] = (byte) i;
        }
        return places;
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
        // Nine bytes in a row always cover the last one of some word of eight, so that one is all there is to look at.
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long word = text.getLong(at);
            int place = PLACE[(int) word & 0xff];
            if (place >= 0 && nameAt(text, at + Long.BYTES - 1 - place, index, end)) {
                return true;
            }
            long zeroWhereAmpersand = word ^ AMPERSANDS;
            if (((zeroWhereAmpersand - LOW_BITS) & ~zeroWhereAmpersand & HIGH_BITS) != 0
                    && unicodeIdentifierIn(text, at, at + Long.BYTES, index, end)) {
                return true;
            }
        }
        for (int rest = at; rest < end; rest++) {
            int place = PLACE[text.getByte(rest) & 0xff];
            if (place >= 0 && nameAt(text, rest - place, index, end)) {
                return true;
            }
        }
        return unicodeIdentifierIn(text, at, end, index, end);
    }

    private static boolean nameAt(ByteBuf text, int start, int from, int end) {
        if (start < from || start + NAME.length() > end) {
            return false;
        }
        for (int i = 0; i < NAME.length(); i++) {
            if (PLACE[text.getByte(start + i) & 0xff] != i) {
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
