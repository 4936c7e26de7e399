/**
 * A client's session and its phases: startup, authentication, relay. In: bytes of both sockets. Out: bytes to the other
 * socket, frames for the interception. Must not know SQL, operations or JDBC.
 */
@NullMarked
package io.pgclonedb.proxy.session;

import org.jspecify.annotations.NullMarked;
