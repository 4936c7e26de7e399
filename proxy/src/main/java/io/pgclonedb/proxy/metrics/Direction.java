package io.pgclonedb.proxy.metrics;

import java.util.Locale;

/** Where relayed bytes went: label {@code direction}. */
public enum Direction {
    CLIENT_TO_SERVER,
    SERVER_TO_CLIENT;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
