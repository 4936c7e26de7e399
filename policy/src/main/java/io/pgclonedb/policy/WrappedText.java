package io.pgclonedb.policy;

import java.util.ArrayList;
import java.util.List;

/** Lines of text for a terminal. Words are broken over lines at blanks; a word longer than a line stands alone on one. */
final class WrappedText {
    private static final int WIDTH = 96;

    private final List<String> lines = new ArrayList<>();

    /** A line as it stands. */
    WrappedText line(String text) {
        lines.add(text);
        return this;
    }

    /** An empty line. */
    WrappedText gap() {
        return line("");
    }

    /** Running text behind a lead; its further lines stand under its first word. */
    WrappedText paragraph(String lead, String text) {
        return paragraph(lead, List.of(text.split(" ", -1)));
    }

    /** The same of words that may hold blanks, at which they are not broken. */
    WrappedText paragraph(String lead, List<String> words) {
        String indent = " ".repeat(lead.length());
        StringBuilder line = new StringBuilder(lead);
        for (String word : words) {
            boolean first = line.length() == lead.length();
            if (!first && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder(indent);
                first = true;
            }
            line.append(first ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return this;
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
