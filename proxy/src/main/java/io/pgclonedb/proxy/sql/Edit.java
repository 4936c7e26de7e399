package io.pgclonedb.proxy.sql;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * A part of the client's text, by offsets, and what is sent in its place.
 *
 * @param replacement writes it
 */
record Edit(int from, int to, Consumer<RewrittenText> replacement) {
    /** A part of the client's text with its edits applied; those outside it are left out. */
    static Rewritten apply(SqlText text, int from, int to, List<Edit> edits) {
        RewrittenText out = new RewrittenText(text);
        int at = from;
        for (Edit edit :
                edits.stream().sorted(Comparator.comparingInt(Edit::from)).toList()) {
            if (edit.from() >= from && edit.to() <= to) {
                out.copy(at, edit.from());
                edit.replacement().accept(out);
                at = edit.to();
            }
        }
        out.copy(at, to);
        return out.written();
    }
}
