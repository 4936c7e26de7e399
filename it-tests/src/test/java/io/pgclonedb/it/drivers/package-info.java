/**
 * The drivers that people use, each as its users use it, through the shared proxy. In: a driver, one of its modes and what it
 * is to do. Out: what the driver tells its user, and what then is on the server. Must not know how a call is intercepted.
 */
@NullMarked
package io.pgclonedb.it.drivers;

import org.jspecify.annotations.NullMarked;
