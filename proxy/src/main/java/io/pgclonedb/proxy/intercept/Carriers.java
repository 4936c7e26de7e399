package io.pgclonedb.proxy.intercept;

import org.jspecify.annotations.Nullable;

/** Knows whose carriers a mark is on. */
interface Carriers {
    /** The portal whose carriers are marked with a nonce; null for none. */
    CarrierStatements.@Nullable Portal markedWith(String nonce);
}
