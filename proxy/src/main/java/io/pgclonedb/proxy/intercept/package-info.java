/**
 * Finds calls in what the client sends and answers them. In: frames that are worth a look. Out: rewritten frames for the
 * server, answers for the client, calls for the operations. Must not know sockets or how operations work.
 */
@NullMarked
package io.pgclonedb.proxy.intercept;

import org.jspecify.annotations.NullMarked;
