/**
 * What the proxy makes of SQL texts, held against what the server makes of them. In: texts. Out: tokens and plans that agree
 * with the server's own reading. Must not know sessions.
 */
@NullMarked
package io.pgclonedb.it.sql;

import org.jspecify.annotations.NullMarked;
