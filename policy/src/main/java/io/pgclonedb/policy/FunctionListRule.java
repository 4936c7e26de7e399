package io.pgclonedb.policy;

import java.util.Optional;

/** A list of functions names functions only. */
record FunctionListRule(String parameter) implements Rule {
    @Override
    public Optional<Denial> check(PolicyInput input) {
        return Optional.ofNullable(input.call().text(parameter))
                .flatMap(list -> FunctionList.parse(list).unknown().stream().findFirst())
                .map(this::denial);
    }

    private Denial denial(String unknown) {
        if (!unknown.isEmpty()) {
            return KnownFunctionRule.denial(unknown);
        }
        return Denial.of(
                        DenialReason.ARGUMENTS,
                        SqlStates.INVALID_PARAMETER_VALUE,
                        "parameter \"" + parameter + "\" holds an empty function name")
                .withHint("Give function names with commas between them, or \"all\"; leave the parameter out to change"
                        + " nothing.");
    }
}
