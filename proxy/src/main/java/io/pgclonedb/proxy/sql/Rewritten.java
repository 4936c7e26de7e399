package io.pgclonedb.proxy.sql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.List;

/** A text as it is sent to the server. Immutable, as long as nobody writes to the array. */
final class Rewritten {
    private final byte[] sql;
    private final PositionMap positions;
    private final List<Hole> holes;

    /**
     * @param sql in the client's encoding
     * @param holes where hidden parameters stand, in the order of the text
     */
    Rewritten(byte[] sql, PositionMap positions, List<Hole> holes) {
        this.sql = sql;
        this.positions = positions;
        this.holes = List.copyOf(holes);
    }

    byte[] sql() {
        return sql;
    }

    PositionMap positions() {
        return positions;
    }

    List<Hole> holes() {
        return holes;
    }

    /**
     * A hidden parameter, {@code $n}.
     *
     * @param offset in bytes
     * @param length in bytes, which is as many characters
     * @param start in characters
     */
    record Hole(int number, int offset, int length, int start) {}

    /**
     * The text with literals in place of its hidden parameters.
     *
     * @param values by number, from the parameter {@code first} on
     */
    Rewritten withLiterals(int first, List<String> values, Charset charset) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PositionMap shifted = positions;
        int at = 0;
        int added = 0;
        for (Hole hole : holes) {
            String literal = literal(values.get(hole.number() - first));
            bytes.write(sql, at, hole.offset() - at);
            bytes.writeBytes(literal.getBytes(charset));
            at = hole.offset() + hole.length();
            int longer = literal.codePointCount(0, literal.length()) - hole.length();
            shifted = shifted.shifted(hole.start() + added + 1, longer);
            added += longer;
        }
        bytes.write(sql, at, sql.length - at);
        return new Rewritten(bytes.toByteArray(), shifted, List.of());
    }

    /** Means the same whatever standard_conforming_strings is. */
    private static String literal(String value) {
        return "E'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
