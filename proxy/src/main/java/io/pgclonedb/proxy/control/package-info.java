/**
 * The control database: what all proxies of a cluster share. In: audit entries, settings, reservations, cancels of one
 * proxy. Out: the same for every other one, and who is still alive. Must not know policy decisions, calls or Netty.
 */
@NullMarked
package io.pgclonedb.proxy.control;

import org.jspecify.annotations.NullMarked;
