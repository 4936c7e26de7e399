/**
 * Sockets. In: connections and reads. Out: bytes to a {@link io.pgclonedb.proxy.session.Session}. Must not know frames,
 * SQL or calls.
 */
@NullMarked
package io.pgclonedb.proxy.net;

import org.jspecify.annotations.NullMarked;
