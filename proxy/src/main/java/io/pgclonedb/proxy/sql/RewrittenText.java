package io.pgclonedb.proxy.sql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Puts a rewritten text together and remembers where its parts come from. */
final class RewrittenText {
    private final SqlText source;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<PositionMap.Run> runs = new ArrayList<>();
    private final List<Rewritten.Hole> holes = new ArrayList<>();
    private int characters;

    RewrittenText(SqlText source) {
        this.source = source;
    }

    /** Takes over a part of the source. */
    void copy(int from, int to) {
        if (to > from) {
            runs.add(new PositionMap.Run(characters, source.charactersBefore(from), true, -1, -1));
            bytes.write(source.bytes(), from, to - from);
            characters += source.characters(from, to);
        }
    }

    /**
     * Adds ASCII text of our own.
     *
     * @param origin the offset in the source that errors about it point to
     */
    void add(String text, int origin) {
        addCheck(text, origin, -1, -1);
    }

    /**
     * Adds ASCII text of our own that begins the type check of an argument.
     *
     * @param argument in the order of the call's text
     */
    void addCheck(String text, int origin, int call, int argument) {
        runs.add(new PositionMap.Run(characters, source.charactersBefore(origin), false, call, argument));
        bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
        characters += text.length();
    }

    /** Adds a hidden parameter. */
    void addHidden(int number, int origin) {
        String parameter = "$" + number;
        holes.add(new Rewritten.Hole(number, bytes.size(), parameter.length(), characters));
        add(parameter, origin);
    }

    Rewritten written() {
        return new Rewritten(bytes.toByteArray(), new PositionMap(runs), List.copyOf(holes));
    }
}
