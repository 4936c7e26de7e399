package io.pgclonedb.policy;

import java.util.Optional;

/**
 * A role is not another application's: it owns no database outside the caller's scope, and is, over however many steps, a member of
 * no role that does. The rule falls away for superusers. An unknown role passes. The refusal names no database.
 */
record ForeignRoleRule(String parameter, RoleExemption exemption) implements Rule {
    static ForeignRoleRule forAll(String parameter) {
        return new ForeignRoleRule(parameter, RoleExemption.NONE);
    }

    static ForeignRoleRule exceptCaller(String parameter) {
        return new ForeignRoleRule(parameter, RoleExemption.CALLER);
    }

    @Override
    public boolean needsRoles(Arguments call) {
        return call.text(parameter) != null;
    }

    @Override
    public Optional<Denial> check(PolicyInput input) {
        String role = input.call().text(parameter);
        if (role == null || input.caller().superuser() || exemption.covers(input, role)) {
            return Optional.empty();
        }
        return isForeign(role, input) ? Optional.of(denial(role, input.caller())) : Optional.empty();
    }

    private static boolean isForeign(String role, PolicyInput input) {
        RoleGraph graph = input.facts().graph();
        return graph.role(role).stream()
                .flatMap(known -> graph.reach(known.oid()).stream())
                .flatMap(oid -> graph.databasesOf(oid).stream())
                .anyMatch(database -> !Scope.reaches(input, database));
    }

    private static Denial denial(String role, Caller caller) {
        return Denial.of(
                        DenialReason.FOREIGN_ROLE,
                        SqlStates.INSUFFICIENT_PRIVILEGE,
                        "role \"" + role + "\" belongs to another application")
                .withDetail("It owns a database out of scope for role \"" + caller.name()
                        + "\", or is directly or indirectly a member of a role that does.")
                .withHint("Choose another role, or ask a superuser.");
    }
}
