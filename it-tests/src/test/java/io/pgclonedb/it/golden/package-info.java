/**
 * Golden wire traces: the same client script against PostgreSQL and through the proxy, compared as text. In: scripts. Out:
 * a difference, if there is one. Must not know what the proxy does inside.
 */
@NullMarked
package io.pgclonedb.it.golden;

import org.jspecify.annotations.NullMarked;
