/**
 * What a backend sends, as far as anybody looks at it or forms it.
 *
 * <p>In: the payload of one frame. Out: one immutable message, and back the same bytes. It must not know sessions, SQL or
 * what an answer belongs to.
 */
@NullMarked
package io.pgclonedb.protocol.backend;

import org.jspecify.annotations.NullMarked;
