/**
 * PostgreSQL as the oracle: real functions of the same names in a plain database, and the same client script there and
 * through the proxy. In: scripts and SQL positions. Out: every difference that the lists of this package do not name. Must
 * not know how the proxy does it.
 */
@NullMarked
package io.pgclonedb.it.oracle;

import org.jspecify.annotations.NullMarked;
