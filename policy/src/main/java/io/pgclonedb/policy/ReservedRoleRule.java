package io.pgclonedb.policy;

import java.util.Optional;
import java.util.Set;

/** No role is created under a name that PostgreSQL reserves, or that would make it an application admin. */
record ReservedRoleRule(String parameter) implements Rule {
    private static final Set<String> KEY_WORDS = Set.of("public", "none");

    @Override
    public Optional<Denial> check(PolicyInput input) {
        String role = input.call().text(parameter);
        if (role == null) {
            return Optional.empty();
        }
        if (SystemName.matches(role) || KEY_WORDS.contains(role)) {
            return Optional.of(Denial.of(
                            DenialReason.RESERVED_NAME,
                            SqlStates.RESERVED_NAME,
                            "role name \"" + role + "\" is reserved")
                    .withDetail("Names that start with \"pg_\", \"public\" and \"none\" are PostgreSQL's own.")
                    .withHint("Choose another name."));
        }
        if (AdminRole.isReserved(role)) {
            return Optional.of(Denial.of(
                            DenialReason.RESERVED_NAME,
                            SqlStates.INSUFFICIENT_PRIVILEGE,
                            "role name \"" + role + "\" is reserved for application admins")
                    .withHint("Only a superuser makes roles whose names end in \"" + AdminRole.SUFFIX
                            + "\"; choose another name."));
        }
        return Optional.empty();
    }
}
