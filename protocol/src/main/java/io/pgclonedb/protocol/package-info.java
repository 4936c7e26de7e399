/**
 * The values, reader and writer that every message of the PostgreSQL 3.0/3.2 frontend/backend protocol is made of.
 *
 * <p>In: bytes of a frame's payload. Out: the same bytes as checked values, or a {@link ProtocolException}. It must not
 * know sockets, sessions, SQL, threads or what a message is looked at for.
 */
@NullMarked
package io.pgclonedb.protocol;

import org.jspecify.annotations.NullMarked;
