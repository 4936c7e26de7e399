/**
 * The calls that the documentation shows, as users type them and drivers send them. In: SQL through the shared proxy. Out: the
 * answer, and what it changed on the server. Must not know how a call is intercepted.
 */
@NullMarked
package io.pgclonedb.it.cheatsheet;

import org.jspecify.annotations.NullMarked;
