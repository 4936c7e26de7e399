/**
 * Attacks on a real server, one test each, named after what the attacker tries: a hostile application admin, another
 * application's admin, or whoever owns a database. In: calls by {@link io.pgclonedb.it.calls.Calls}. Out: what must happen.
 */
@NullMarked
package io.pgclonedb.it.threats;

import org.jspecify.annotations.NullMarked;
