/** Placeholder. */
@NullMarked
package io.pgclonedb.protocol;

import org.jspecify.annotations.NullMarked;
