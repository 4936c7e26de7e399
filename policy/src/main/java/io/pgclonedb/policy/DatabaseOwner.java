package io.pgclonedb.policy;

/**
 * A row of {@code pg_database}.
 *
 * @param database its name
 * @param owner the OID of the role that owns it
 */
public record DatabaseOwner(String database, long owner) {}
