package io.pgclonedb.it.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of the documentation with a part that is made from the tests' own lists. */
record Document(String name) {
    private static final String BEGIN = "<!-- From here on made from the tests. -->\n";
    private static final Path FOLDER = Path.of("..", "docs");

    /** What the file has where the made part belongs; empty when it has none. */
    String madePart() {
        try {
            String text = Files.readString(FOLDER.resolve(name));
            int begin = text.indexOf(BEGIN);
            return begin < 0 ? "" : text.substring(begin + BEGIN.length());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Leaves the file as it should be in the build's own folder, for somebody to copy; returns where. */
    Path propose(String madePart) {
        try {
            String text = Files.readString(FOLDER.resolve(name));
            int begin = text.indexOf(BEGIN);
            Path proposed = Path.of("target", name);
            Files.writeString(proposed, (begin < 0 ? text : text.substring(0, begin)) + BEGIN + madePart);
            return proposed;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
