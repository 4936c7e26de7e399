/**
 * The hot path. In: the bytes of one read. Out: the same bytes as slices, and the few frames somebody must look at.
 * Must not know SQL, sessions or calls.
 */
@NullMarked
package io.pgclonedb.proxy.relay;

import org.jspecify.annotations.NullMarked;
