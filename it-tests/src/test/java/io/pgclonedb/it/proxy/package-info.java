/**
 * Starts the proxy for the tests. In: a server and some settings. Out: where the proxy listens. The one place that knows
 * how a proxy is put together.
 */
@NullMarked
package io.pgclonedb.it.proxy;

import org.jspecify.annotations.NullMarked;
