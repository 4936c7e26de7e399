package io.pgclonedb.it.oracle;

import io.pgclonedb.it.golden.GoldenScript;
import java.util.regex.Pattern;

/**
 * Something that a client may see of a call and that is on purpose not as with real functions.
 *
 * @param statement what it is about, for the documentation
 * @param pattern finds it in the trace of either side
 * @param replacement what both sides read then
 * @param example a session that shows it
 */
record Difference(Statement statement, Pattern pattern, String replacement, GoldenScript example) {
    /**
     * A difference in words.
     *
     * @param name what it is about
     * @param postgresql what PostgreSQL does with real functions
     * @param proxy what the proxy does
     * @param reason why
     */
    record Statement(String name, String postgresql, String proxy, String reason) {}

    /** The trace without it. */
    String settle(String trace) {
        return pattern.matcher(trace).replaceAll(replacement);
    }

    @Override
    public String toString() {
        return statement.name();
    }
}
