package io.pgclonedb.policy;

import java.util.Optional;

/** A function that is asked about is one of the catalogue's. */
record KnownFunctionRule(String parameter) implements Rule {
    private static final int SHOWN = 63;

    @Override
    public Optional<Denial> check(PolicyInput input) {
        return Optional.ofNullable(input.call().text(parameter))
                .filter(name -> FunctionCatalog.find(name).isEmpty())
                .map(KnownFunctionRule::denial);
    }

    /** The refusal of a name that is no function's. */
    static Denial denial(String name) {
        return Denial.of(
                        DenialReason.ARGUMENTS,
                        SqlStates.INVALID_PARAMETER_VALUE,
                        "there is no function \"" + shown(name) + "\" in schema \"pgclonedb\"")
                .withHint(hint(name));
    }

    private static String hint(String name) {
        String list = "SELECT pgclonedb.help() lists the functions.";
        String near = String.join(
                " or ",
                FunctionCatalog.near(name).stream()
                        .map(each -> "\"" + each + "\"")
                        .toList());
        return near.isEmpty() ? list : "Did you mean " + near + "? " + list;
    }

    private static String shown(String name) {
        return name.codePointCount(0, name.length()) <= SHOWN
                ? name
                : name.substring(0, name.offsetByCodePoints(0, SHOWN)) + "...";
    }
}
