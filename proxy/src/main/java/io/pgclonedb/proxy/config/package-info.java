/**
 * Reads flags, environment and YAML into one checked record. In: what an operator wrote. Out: {@link
 * io.pgclonedb.proxy.config.ProxyConfig}. Must not know what the values are used for.
 */
@NullMarked
package io.pgclonedb.proxy.config;

import org.jspecify.annotations.NullMarked;
