/**
 * What a frontend sends after authentication, as far as anybody looks at it.
 *
 * <p>In: the payload of one frame. Out: one immutable message, and back the same bytes. It must not know sessions,
 * prepared statements or SQL.
 */
@NullMarked
package io.pgclonedb.protocol.frontend;

import org.jspecify.annotations.NullMarked;
