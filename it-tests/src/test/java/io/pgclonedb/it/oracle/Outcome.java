package io.pgclonedb.it.oracle;

/** What comes of a call in a place. */
record Outcome(Kind kind, String sqlState) {
    /** As a real function, to the byte. */
    static final Outcome SERVED = new Outcome(Kind.SERVED, "");

    /** The proxy refuses what PostgreSQL would do: SQLSTATE 0A000, with a HINT. Nothing was done. */
    static final Outcome REFUSED = new Outcome(Kind.REFUSED, "0A000");

    enum Kind {
        SERVED,
        REFUSED,
        ERROR
    }

    /** PostgreSQL itself refuses a real function there, and the proxy says the same. */
    static Outcome error(String sqlState) {
        return new Outcome(Kind.ERROR, sqlState);
    }

    /** As the documentation's tables put it. */
    String label() {
        return switch (kind) {
            case SERVED -> "served";
            case REFUSED -> "0A000";
            case ERROR -> "error " + sqlState;
        };
    }
}
