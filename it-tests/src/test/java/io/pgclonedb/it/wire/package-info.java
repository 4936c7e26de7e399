/**
 * The tests' own PostgreSQL client and server, written from the protocol's documentation alone. In: bytes of a socket.
 * Out: messages and readable traces. Must not know the protocol module or the proxy, so that a fault there cannot cancel
 * out here.
 */
@NullMarked
package io.pgclonedb.it.wire;

import org.jspecify.annotations.NullMarked;
