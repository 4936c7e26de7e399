/**
 * Makes a Netty buffer that nobody released fail the tests. In: what Netty's leak detector finds. Out: a failed test
 * class. Must not know what the buffers were for.
 */
@NullMarked
package io.pgclonedb.leak;

import org.jspecify.annotations.NullMarked;
