/**
 * The command line. In: what somebody typed, and signals. Out: a running proxy, lines of text, an exit code. Must not know
 * frames, sessions or SQL calls.
 */
@NullMarked
package io.pgclonedb.proxy.cli;

import org.jspecify.annotations.NullMarked;
