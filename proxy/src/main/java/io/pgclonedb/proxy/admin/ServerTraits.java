package io.pgclonedb.proxy.admin;

/**
 * What has to be known of the server before a login can be pinned.
 *
 * @param version major version
 * @param noticesDeadClients whether the server's platform allows {@code client_connection_check_interval}
 */
record ServerTraits(int version, boolean noticesDeadClients) {}
