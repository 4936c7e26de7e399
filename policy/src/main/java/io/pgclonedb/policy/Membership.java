package io.pgclonedb.policy;

/**
 * A row of {@code pg_auth_members}, whatever its grantor and options.
 *
 * @param member the OID of the role that is the member
 * @param role the OID of the role it is a member of
 */
public record Membership(long member, long role) {}
