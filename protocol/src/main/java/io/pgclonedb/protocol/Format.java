package io.pgclonedb.protocol;

import java.util.List;

/** How the bytes of a parameter or column are to be read (PostgreSQL documentation, "Formats and Format Codes"). */
public enum Format {
    TEXT((short) 0),
    BINARY((short) 1);

    private final short code;

    Format(short code) {
        this.code = code;
    }

    /** The code that stands for it on the wire. */
    public short code() {
        return code;
    }

    /**
     * The format a code stands for.
     *
     * @throws ProtocolException when it is neither 0 nor 1
     */
    public static Format of(short code) {
        return switch (code) {
            case 0 -> TEXT;
            case 1 -> BINARY;
            default ->
                throw new ProtocolException(
                        ProtocolException.Reason.UNSUPPORTED_FORMAT, "unsupported format code: " + code);
        };
    }

    /**
     * The format of one of several items: no codes mean text, a single one holds for all of them, else each item has its
     * own.
     *
     * @param index of the item, from 0
     * @throws ProtocolException when the code is neither 0 nor 1
     * @throws IndexOutOfBoundsException when there are several codes but none for this item
     */
    public static Format of(List<Short> codes, int index) {
        return switch (codes.size()) {
            case 0 -> TEXT;
            case 1 -> of(codes.get(0));
            default -> of(codes.get(index));
        };
    }
}
