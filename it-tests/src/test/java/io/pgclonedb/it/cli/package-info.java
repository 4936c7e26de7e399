/**
 * The commands as processes of their own. In: arguments, environment, signals. Out: what they print, their exit code, and what
 * they did to the server. Must not know the classes behind them.
 */
@NullMarked
package io.pgclonedb.it.cli;

import org.jspecify.annotations.NullMarked;
