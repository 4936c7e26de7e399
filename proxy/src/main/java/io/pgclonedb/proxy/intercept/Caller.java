package io.pgclonedb.proxy.intercept;

/**
 * Whose session it is.
 *
 * @param role who logged in
 * @param database the session is connected to
 * @param backendPid process number of the server's side
 * @param clientAddress without port
 */
public record Caller(String role, String database, int backendPid, String clientAddress) {}
