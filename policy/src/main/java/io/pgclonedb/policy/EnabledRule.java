package io.pgclonedb.policy;

import java.util.Optional;

/** A disabled function is disabled for everybody, superusers included. */
final class EnabledRule implements Rule {
    @Override
    public Optional<Denial> check(PolicyInput input) {
        Function function = input.function();
        if (function.isEnabled(input.enabled())) {
            return Optional.empty();
        }
        return Optional.of(Denial.of(
                        DenialReason.DISABLED,
                        SqlStates.INSUFFICIENT_PRIVILEGE,
                        "function " + function.qualifiedName() + " is currently disabled")
                .withHint("A superuser can enable it with SELECT pgclonedb.configure(enable := '" + function.name()
                        + "')."));
    }
}
