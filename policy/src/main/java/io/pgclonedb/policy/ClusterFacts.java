package io.pgclonedb.policy;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the policy has to know of the cluster, one snapshot.
 *
 * @param proxyRole the name of the proxy's own role
 * @param controlDatabase the name of the control database
 * @param adminRoles the names of the onboarded application admins: roles named {@code <app>_db_admin} that are directly or
 *     indirectly members of {@code pgclonedb_user}; other names in it count for nothing
 * @param roles needed when {@link Policy#needsRoles} says so
 */
public record ClusterFacts(
        String proxyRole, String controlDatabase, Set<String> adminRoles, Optional<RoleGraph> roles) {
    private static final Set<String> SYSTEM_DATABASES = Set.of("postgres", "template0", "template1");

    public ClusterFacts {
        adminRoles = Set.copyOf(adminRoles);
    }

    /** The facts for a call that no rule about roles looks at. */
    public ClusterFacts(String proxyRole, String controlDatabase, Set<String> adminRoles) {
        this(proxyRole, controlDatabase, adminRoles, Optional.empty());
    }

    /** The same with roles. */
    public ClusterFacts withRoles(RoleGraph graph) {
        return new ClusterFacts(proxyRole, controlDatabase, adminRoles, Optional.of(graph));
    }

    /** Whether a database is never a target, whoever calls. */
    public boolean isProtected(String database) {
        return SYSTEM_DATABASES.contains(database) || database.equals(controlDatabase);
    }

    /** The applications whose admins are onboarded. */
    public Set<String> applications() {
        return adminRoles.stream()
                .map(AdminRole::application)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The roles.
     *
     * @throws IllegalStateException when they were not read: a call that cannot be judged must not run
     */
    RoleGraph graph() {
        return roles.orElseThrow(() -> new IllegalStateException("the roles of the cluster were not read"));
    }
}
