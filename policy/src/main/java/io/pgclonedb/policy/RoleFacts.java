package io.pgclonedb.policy;

import java.util.Set;

/** A role of the cluster: a row of {@code pg_roles}, with those of its attributes that make it privileged. */
public record RoleFacts(long oid, String name, Set<RoleAttribute> attributes) {
    public RoleFacts {
        attributes = Set.copyOf(attributes);
    }
}
