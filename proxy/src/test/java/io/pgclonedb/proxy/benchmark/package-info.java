/**
 * What the search for calls costs. In: texts of known shape and size. Out: processor time, as a table. Must not know the insides
 * of what it measures.
 */
@NullMarked
package io.pgclonedb.proxy.benchmark;

import org.jspecify.annotations.NullMarked;
