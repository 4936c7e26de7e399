package io.pgclonedb.proxy.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that a mistyped one was probably meant to be. */
final class Nearest {
    private Nearest() {}

    /** {@code ; did you mean "listen"?} or nothing. */
    static String suggestion(String typed, Collection<String> known) {
        return to(typed, known).map(word -> "; did you mean \"" + word + "\"?").orElse("");
    }

    private static Optional<String> to(String typed, Collection<String> known) {
        int limit = Math.max(2, typed.length() / 4);
        return known.stream()
                .min(Comparator.comparingInt(word -> distance(typed, word)))
                .filter(word -> distance(typed, word) <= limit);
    }

    /** Levenshtein's distance, row by row. */
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            previous[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            int[] current = new int[right.length() + 1];
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int changed = left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1;
                current[column] =
                        Math.min(Math.min(current[column - 1], previous[column]) + 1, previous[column - 1] + changed);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
