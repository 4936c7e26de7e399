/**
 * Waiting for what another thread, process or server is about to do. In: a condition. Out: the moment it came true, or a failed
 * test. Must not know what is waited for.
 */
@NullMarked
package io.pgclonedb.it.waiting;

import org.jspecify.annotations.NullMarked;
