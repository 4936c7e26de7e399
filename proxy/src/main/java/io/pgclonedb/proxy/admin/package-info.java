/**
 * The proxy's own connections to the server. In: the backend's address, the admin role, a database name. Out: JDBC
 * connections that nothing a database's owner may set can bend. Must not know calls, policy, audit or client sessions.
 */
@NullMarked
package io.pgclonedb.proxy.admin;

import org.jspecify.annotations.NullMarked;
