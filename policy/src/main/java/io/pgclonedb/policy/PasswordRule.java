package io.pgclonedb.policy;

import java.util.Optional;

/** A password is not empty: PostgreSQL would take away the one there is. NULL is {@link NotNullRule}'s. */
record PasswordRule(String parameter) implements Rule {
    @Override
    public Optional<Denial> check(PolicyInput input) {
        return Optional.ofNullable(input.call().text(parameter))
                .filter(String::isEmpty)
                .map(empty -> Denial.of(
                                DenialReason.ARGUMENTS,
                                SqlStates.INVALID_PARAMETER_VALUE,
                                "parameter \"" + parameter + "\" must not be an empty string")
                        .withHint("Give a password; nobody could log in with an empty one."));
    }
}
