/** The proxy's own connections, tried against databases whose owners mean harm. */
package io.pgclonedb.it.admin;
