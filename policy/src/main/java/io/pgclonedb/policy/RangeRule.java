package io.pgclonedb.policy;

import java.util.Optional;

/** A number lies between two bounds, both inclusive. NULL is {@link NotNullRule}'s. */
record RangeRule(String parameter, long smallest, long largest) implements Rule {
    @Override
    public Optional<Denial> check(PolicyInput input) {
        if (!(input.call().value(parameter) instanceof Number number)) {
            return Optional.empty();
        }
        long value = number.longValue();
        if (value >= smallest && value <= largest) {
            return Optional.empty();
        }
        return Optional.of(Denial.of(
                        DenialReason.ARGUMENTS,
                        SqlStates.INVALID_PARAMETER_VALUE,
                        value + " is outside the valid range for parameter \"" + parameter + "\" (" + smallest + " .. "
                                + largest + ")")
                .withHint("Give a number within the range."));
    }
}
