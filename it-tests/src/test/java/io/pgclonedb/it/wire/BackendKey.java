package io.pgclonedb.it.wire;

import java.util.HexFormat;

/** What BackendKeyData holds: four bytes of secret in version 3.0, 4 to 256 from 3.2 on. Immutable. */
public final class BackendKey {
    private final int pid;
    private final byte[] secret;

    public BackendKey(int pid, byte[] secret) {
        this.pid = pid;
        this.secret = secret.clone();
    }

    static BackendKey of(Message backendKeyData) {
        MessageReader reader = backendKeyData.body();
        return new BackendKey(reader.int32(), reader.bytes(reader.remaining()));
    }

    public int pid() {
        return pid;
    }

    public byte[] secret() {
        return secret.clone();
    }

    /** The same process and a secret that is not its own. */
    public BackendKey withWrongSecret() {
        byte[] wrong = secret.clone();
        wrong[wrong.length - 1] ^= 1;
        return new BackendKey(pid, wrong);
    }

    @Override
    public String toString() {
        return pid + ":" + HexFormat.of().formatHex(secret);
    }
}
