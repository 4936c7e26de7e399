/**
 * The one exception and its SQLSTATEs. In: whatever went wrong. Out: the fields of an ErrorResponse. Must not know
 * sessions, Netty or JDBC.
 */
@NullMarked
package io.pgclonedb.proxy.error;

import org.jspecify.annotations.NullMarked;
