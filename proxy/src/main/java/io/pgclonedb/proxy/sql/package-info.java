/**
 * Finds calls of {@code pgclonedb} functions in SQL text and rewrites the statement around them. In: the bytes of a Query
 * or Parse message and what the session's lexing depends on. Out: pass on, refuse, or a rewritten statement with the calls
 * in it. Must not know sessions, frames or operations.
 */
@NullMarked
package io.pgclonedb.proxy.sql;

import org.jspecify.annotations.NullMarked;
