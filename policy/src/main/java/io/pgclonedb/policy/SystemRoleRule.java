package io.pgclonedb.policy;

import java.util.Optional;
import java.util.Set;

/** The roles that the cluster and this program stand on are protected by name, whatever their attributes. */
record SystemRoleRule(String parameter) implements Rule {
    private static final Set<String> PROTECTED = Set.of("postgres", AdminRole.GROUP);

    @Override
    public Optional<Denial> check(PolicyInput input) {
        return Optional.ofNullable(input.call().text(parameter))
                .filter(PROTECTED::contains)
                .map(role -> Denial.of(
                                DenialReason.PROTECTED_OBJECT,
                                SqlStates.INSUFFICIENT_PRIVILEGE,
                                "role \"" + role + "\" is protected")
                        .withHint("System roles cannot be dropped here."));
    }
}
