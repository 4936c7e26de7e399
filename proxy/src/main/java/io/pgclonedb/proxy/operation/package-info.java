/**
 * Runs a call: policy, audit intent, the work on the admin connection, audit outcome. In: a call with evaluated arguments.
 * Out: one line of text, rows as JSON, or an error. Must not know Netty, frames or sessions.
 */
@NullMarked
package io.pgclonedb.proxy.operation;

import org.jspecify.annotations.NullMarked;
