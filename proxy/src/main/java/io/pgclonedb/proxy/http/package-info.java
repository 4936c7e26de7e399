/**
 * Metrics and health checks over HTTP. In: a request line. Out: one of four small answers. Must not know PostgreSQL, nor
 * anything that can block.
 */
@NullMarked
package io.pgclonedb.proxy.http;

import org.jspecify.annotations.NullMarked;
