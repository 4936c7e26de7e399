/**
 * Who may call what. In: the caller, the call and the facts of the cluster. Out: one decision. Pure: must not know
 * Netty, JDBC, threads or the clock.
 */
@NullMarked
package io.pgclonedb.policy;

import org.jspecify.annotations.NullMarked;
