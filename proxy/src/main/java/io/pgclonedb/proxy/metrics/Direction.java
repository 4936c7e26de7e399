package io.pgclonedb.proxy.metrics;

import java.util.Locale;

/** Where relayed bytes went: label {@code direction}. */
public enum Direction {
    TO_SERVER,
    TO_CLIENT;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
