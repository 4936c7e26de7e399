/**
 * What a hostile or broken client or server sends. In: bytes before their time, out of shape or out of proportion. Out: a
 * clean end, and no other session that notices. Must not know what the proxy does inside, but for its memory.
 */
@NullMarked
package io.pgclonedb.it.abuse;

import org.jspecify.annotations.NullMarked;
