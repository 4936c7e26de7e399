package io.pgclonedb.proxy.intercept;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Marks a statement's carriers: whoever can put text into a row cannot guess it. Thread-safe. */
final class Nonce {
    private static final int BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Nonce() {}

    static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
