package io.pgclonedb.policy;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is to be disabled can be, and is not to be enabled in the same call. */
record DisableRule(String enableParameter, String disableParameter) implements Rule {
    @Override
    public Optional<Denial> check(PolicyInput input) {
        Set<String> enable = functions(input.call().text(enableParameter));
        Set<String> disable = functions(input.call().text(disableParameter));
        Optional<Denial> fixed = disable.stream()
                .flatMap(name -> FunctionCatalog.find(name).stream())
                .filter(function -> !function.canBeDisabled())
                .findFirst()
                .map(function -> denial("function " + function.qualifiedName() + " cannot be disabled")
                        .withHint("Leave it out of \"" + disableParameter + "\"."));
        return fixed.or(() -> disable.stream()
                .filter(enable::contains)
                .findFirst()
                .map(name -> denial("function \"" + name + "\" is both to be enabled and to be disabled")
                        .withHint("Name it in \"" + enableParameter + "\" or in \"" + disableParameter
                                + "\"; \"all\" names every function that can be disabled.")));
    }

    private static Set<String> functions(@Nullable String list) {
        return list == null ? Set.of() : FunctionList.parse(list).functions();
    }

    private static Denial denial(String message) {
        return Denial.of(DenialReason.ARGUMENTS, SqlStates.INVALID_PARAMETER_VALUE, message);
    }
}
