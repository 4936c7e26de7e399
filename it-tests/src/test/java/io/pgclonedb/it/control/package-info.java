/** The control database as several proxies use it at once, and as a proxy that died leaves it behind. */
package io.pgclonedb.it.control;
