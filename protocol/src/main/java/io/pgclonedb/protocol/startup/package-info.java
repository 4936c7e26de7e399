/**
 * What a frontend sends before it has a session: packets without a type byte.
 *
 * <p>In: one packet without its length. Out: one immutable packet that was checked so strictly that the server reads it
 * the same way, and back its bytes. It must not know sockets, TLS or who may log in.
 */
@NullMarked
package io.pgclonedb.protocol.startup;

import org.jspecify.annotations.NullMarked;
