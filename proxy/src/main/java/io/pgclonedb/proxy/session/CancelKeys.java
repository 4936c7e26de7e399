package io.pgclonedb.proxy.session;

import io.pgclonedb.protocol.Value;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What proxies tell each other of a cancel key: enough to recognise it, and not the key. */
public final class CancelKeys {
    private CancelKeys() {}

    /** SHA-256 of the key, 32 bytes. */
    public static byte[] digest(Value key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.bytes());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
