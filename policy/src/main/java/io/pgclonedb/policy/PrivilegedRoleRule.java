package io.pgclonedb.policy;

import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A role is not privileged: neither by an attribute or its name nor by being, over however many steps, a member of one that is and
 * that it could therefore become. An unknown role passes unless its name alone is privileged.
 */
record PrivilegedRoleRule(String parameter, RoleExemption exemption) implements Rule {
    static PrivilegedRoleRule forAll(String parameter) {
        return new PrivilegedRoleRule(parameter, RoleExemption.NONE);
    }

    static PrivilegedRoleRule exceptCaller(String parameter) {
        return new PrivilegedRoleRule(parameter, RoleExemption.CALLER);
    }

    @Override
    public boolean needsRoles(Arguments call) {
        return call.text(parameter) != null;
    }

    @Override
    public Optional<Denial> check(PolicyInput input) {
        String role = input.call().text(parameter);
        if (role == null || exemption.covers(input, role)) {
            return Optional.empty();
        }
        return reason(role, input.facts())
                .map(reason -> Denial.of(
                                DenialReason.PRIVILEGED_ROLE,
                                SqlStates.INSUFFICIENT_PRIVILEGE,
                                "role \"" + role + "\" is privileged")
                        .withDetail(reason)
                        .withHint("Choose another role, or ask a superuser, who can do it in plain SQL."));
    }

    /** Why the role of this name is privileged, as a sentence; empty when it is not. */
    static Optional<String> reason(String role, ClusterFacts facts) {
        Optional<String> byName = byName(role, facts);
        if (byName.isPresent()) {
            return byName.map(reason -> "Role \"" + role + "\" " + reason + ".");
        }
        RoleGraph graph = facts.graph();
        return graph.role(role).stream()
                .flatMap(known -> graph.reach(known.oid()).stream())
                .map(oid -> reason(role, oid, facts))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> reason(String role, long reached, ClusterFacts facts) {
        Optional<RoleFacts> known = facts.graph().role(reached);
        if (known.isEmpty()) {
            return Optional.of(
                    "Role \"" + role + "\" is a member of a role with OID " + reached + ", of which nothing is known.");
        }
        String name = known.get().name();
        String link = name.equals(role)
                ? "Role \"" + role + "\" "
                : "Role \"" + role + "\" is directly or indirectly a member of role \"" + name + "\", which ";
        return byName(name, facts).or(() -> byAttribute(known.get())).map(reason -> link + reason + ".");
    }

    private static Optional<String> byName(String role, ClusterFacts facts) {
        if (SystemName.matches(role)) {
            return Optional.of("is PostgreSQL's own");
        }
        if (role.equals(AdminRole.GROUP)) {
            return Optional.of("is the group of the application admins");
        }
        if (AdminRole.isReserved(role)) {
            return Optional.of("is an application admin");
        }
        if (role.equals(facts.proxyRole())) {
            return Optional.of("is the role that serves these functions");
        }
        return Optional.empty();
    }

    private static Optional<String> byAttribute(RoleFacts role) {
        if (role.attributes().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(role.attributes().stream()
                .sorted()
                .map(RoleAttribute::name)
                .collect(Collectors.joining(", ", "has ", "")));
    }
}
