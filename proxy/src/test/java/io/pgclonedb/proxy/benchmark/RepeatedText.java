package io.pgclonedb.proxy.benchmark;

import java.nio.charset.StandardCharsets;

/**
 * A text of any length.
 *
 * @param first what it begins with
 * @param opening repeated behind that
 * @param closing repeated as often behind all of those; possibly empty
 * @param last what it ends with
 */
record RepeatedText(String first, String opening, String closing, String last) {
    /** A text of about so many bytes. */
    byte[] ofLength(int bytes) {
        return repeated((bytes - first.length() - last.length()) / (opening.length() + closing.length()));
    }

    /** A text with so many repetitions. */
    byte[] repeated(int times) {
        String text = first + opening.repeat(times) + closing.repeat(times) + last;
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
