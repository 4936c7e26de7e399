/**
 * Calls of the functions, whichever way they go. In: a session, a function, its arguments. Out: the answer or the error, with
 * notices. Must not know what a test is about.
 */
@NullMarked
package io.pgclonedb.it.calls;

import org.jspecify.annotations.NullMarked;
