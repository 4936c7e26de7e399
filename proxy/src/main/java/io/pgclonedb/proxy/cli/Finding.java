package io.pgclonedb.proxy.cli;

/** One line of {@code check}. */
record Finding(Level level, String subject, String text) {
    enum Level {
        OK("ok"),
        /** Serving works, but not all of it, or not as one may expect. */
        WARNING("warning"),
        /** Serving would fail. */
        FAILURE("FAILURE");

        private final String word;

        Level(String word) {
            this.word = word;
        }
    }

    static Finding ok(String subject, String text) {
        return new Finding(Level.OK, subject, text);
    }

    static Finding warning(String subject, String text) {
        return new Finding(Level.WARNING, subject, text);
    }

    static Finding failure(String subject, String text) {
        return new Finding(Level.FAILURE, subject, text);
    }

    String line() {
        return String.format("%-8s %-18s %s", level.word, subject, text);
    }
}
