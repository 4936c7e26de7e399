/**
 * Operations on a real server, called as a proxy's sessions call them. In: a call request. Out: the answer, the audit and what
 * has become of the server. Must not know the wire protocol.
 */
@NullMarked
package io.pgclonedb.it.operation;

import org.jspecify.annotations.NullMarked;
