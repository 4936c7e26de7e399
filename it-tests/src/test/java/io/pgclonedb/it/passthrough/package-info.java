/**
 * Ordinary use of PostgreSQL through the proxy: drivers, psql, dumps, benchmarks and large volumes. In: programs that know
 * of no proxy. Out: what they do without one. Must not know what the proxy does inside, but for its memory.
 */
@NullMarked
package io.pgclonedb.it.passthrough;

import org.jspecify.annotations.NullMarked;
