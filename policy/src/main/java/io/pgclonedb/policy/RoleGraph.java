package io.pgclonedb.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All roles of the cluster, who is a member of whom, and who owns which database: one snapshot. Memberships and owners may name
 * roles that are not there (a role dropped meanwhile leaves such rows behind); the rules take a role that reaches one for a
 * privileged one. Immutable.
 */
public final class RoleGraph {
    private final Map<String, RoleFacts> byName = new HashMap<>();
    private final Map<Long, RoleFacts> byOid = new HashMap<>();
    private final Map<Long, List<Long>> memberOf = new HashMap<>();
    private final Map<Long, List<String>> owned = new HashMap<>();

    /** Takes every row of {@code pg_roles}, {@code pg_auth_members} and {@code pg_database}. */
    public RoleGraph(
            Collection<RoleFacts> roles, Collection<Membership> memberships, Collection<DatabaseOwner> databases) {
        for (RoleFacts role : roles) {
            byName.put(role.name(), role);
            byOid.put(role.oid(), role);
        }
        for (Membership membership : memberships) {
            memberOf.computeIfAbsent(membership.member(), oid -> new ArrayList<>())
                    .add(membership.role());
        }
        for (DatabaseOwner database : databases) {
            owned.computeIfAbsent(database.owner(), oid -> new ArrayList<>()).add(database.database());
        }
    }

    /** The role of exactly this name. */
    public Optional<RoleFacts> role(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The role of this OID. */
    public Optional<RoleFacts> role(long oid) {
        return Optional.ofNullable(byOid.get(oid));
    }

    /** The names of the databases that the role owns itself. */
    public List<String> databasesOf(long oid) {
        return Collections.unmodifiableList(owned.getOrDefault(oid, List.of()));
    }

    /** The OIDs of the role itself and of all it is a member of, directly or indirectly, nearest first. */
    public Set<Long> reach(long oid) {
        Set<Long> reached = new LinkedHashSet<>();
        Deque<Long> waiting = new ArrayDeque<>();
        waiting.add(oid);
        while (!waiting.isEmpty()) {
            long next = waiting.remove();
            if (reached.add(next)) {
                waiting.addAll(memberOf.getOrDefault(next, List.of()));
            }
        }
        return Collections.unmodifiableSet(reached);
    }
}
