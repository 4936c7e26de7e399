/**
 * Where the tests' real PostgreSQL comes from. In: the version under test and what the machine has. Out: one shared
 * server. Must not know the proxy.
 */
@NullMarked
package io.pgclonedb.it.server;

import org.jspecify.annotations.NullMarked;
