package io.pgclonedb.policy;

import java.util.Optional;

/** NULL is a value only for parameters whose default it is. */
final class NotNullRule implements Rule {
    @Override
    public Optional<Denial> check(PolicyInput input) {
        return input.function().parameters().stream()
                .filter(parameter -> !parameter.nullable() && isNull(parameter, input.call()))
                .findFirst()
                .map(parameter -> denial(parameter, input.function()));
    }

    private static boolean isNull(Parameter parameter, Arguments call) {
        boolean given = call.given().contains(parameter.name());
        return given ? call.value(parameter.name()) == null : parameter.required();
    }

    private static Denial denial(Parameter parameter, Function function) {
        return Denial.of(
                        DenialReason.ARGUMENTS,
                        SqlStates.NULL_VALUE_NOT_ALLOWED,
                        "parameter \"" + parameter.name() + "\" of " + function.qualifiedName() + " must not be null")
                .withHint(
                        parameter.required()
                                ? "Give a value of type " + parameter.type().sqlName() + "."
                                : "Leave it out to get its default, " + parameter.defaultSql() + ".");
    }
}
