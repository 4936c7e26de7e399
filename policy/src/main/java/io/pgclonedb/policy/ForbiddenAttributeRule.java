package io.pgclonedb.policy;

import java.util.Locale;
import java.util.Optional;

/** An attribute that makes a role privileged is not given to it. {@code parameter} is named like the attribute. */
record ForbiddenAttributeRule(String parameter) implements Rule {
    @Override
    public Optional<Denial> check(PolicyInput input) {
        if (!Boolean.TRUE.equals(input.call().value(parameter))) {
            return Optional.empty();
        }
        return Optional.of(Denial.of(
                        DenialReason.PRIVILEGE,
                        SqlStates.INSUFFICIENT_PRIVILEGE,
                        "roles with " + parameter.toUpperCase(Locale.ROOT) + " cannot be created with "
                                + input.function().qualifiedName())
                .withHint("Leave out \"" + parameter + "\", or ask a superuser to create the role."));
    }
}
