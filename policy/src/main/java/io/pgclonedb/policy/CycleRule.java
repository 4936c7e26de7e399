package io.pgclonedb.policy;

import java.util.Optional;

/** No role becomes a member of itself, neither at once nor through others. Roles that are not there are left to the operation. */
record CycleRule(String roleParameter, String memberParameter) implements Rule {
    @Override
    public boolean needsRoles(Arguments call) {
        return call.text(roleParameter) != null && call.text(memberParameter) != null;
    }

    @Override
    public Optional<Denial> check(PolicyInput input) {
        String role = input.call().text(roleParameter);
        String member = input.call().text(memberParameter);
        if (role == null || member == null) {
            return Optional.empty();
        }
        RoleGraph graph = input.facts().graph();
        Optional<RoleFacts> granted = graph.role(role);
        Optional<RoleFacts> receiving = graph.role(member);
        if (granted.isEmpty() || receiving.isEmpty()) {
            return Optional.empty();
        }
        return graph.reach(granted.get().oid()).contains(receiving.get().oid())
                ? Optional.of(denial(role, member))
                : Optional.empty();
    }

    private static Denial denial(String role, String member) {
        return Denial.of(
                        DenialReason.CYCLE,
                        SqlStates.INVALID_GRANT_OPERATION,
                        "role \"" + role + "\" is a member of role \"" + member + "\"")
                .withDetail("The grant would make a role a member of itself.")
                .withHint("Grant the roles the other way round, or revoke the membership first.");
    }
}
