/**
 * The demo's own PostgreSQL. In: nothing but a directory to live in. Out: a real server with something in it worth cloning.
 * Must not know the proxy; the server's binaries are on the demo's class path only.
 */
@NullMarked
package io.pgclonedb.proxy.embedded;

import org.jspecify.annotations.NullMarked;
