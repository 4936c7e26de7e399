package io.pgclonedb.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who may call at all: a superuser, or an application admin; both only while the role could log in again. */
final class CallerRule implements Rule {
    @Override
    public Optional<Denial> check(PolicyInput input) {
        Caller caller = input.caller();
        List<String> missing = missing(caller);
        if (!missing.isEmpty()) {
            return Optional.of(denial(input)
                    .withHint("Role \"" + caller.name() + "\" lacks " + String.join(", ", missing)
                            + "; ask a superuser to make it an application admin."));
        }
        if (input.function().superuserOnly() && !caller.superuser()) {
            return Optional.of(denial(input).withHint("Only a superuser may call it; ask one."));
        }
        return Optional.empty();
    }

    private static List<String> missing(Caller caller) {
        List<String> missing = new ArrayList<>();
        if (!caller.superuser() && caller.application().isEmpty()) {
            missing.add("a name of the form <app>" + AdminRole.SUFFIX);
        }
        if (!caller.superuser() && !caller.member()) {
            missing.add("membership in role \"" + AdminRole.GROUP + "\"");
        }
        if (!caller.canLogin()) {
            missing.add("the LOGIN attribute");
        }
        if (!caller.valid()) {
            missing.add("a VALID UNTIL that has not passed");
        }
        return missing;
    }

    private static Denial denial(PolicyInput input) {
        return Denial.of(
                DenialReason.CALLER,
                SqlStates.INSUFFICIENT_PRIVILEGE,
                "role \"" + input.caller().name() + "\" may not call "
                        + input.function().qualifiedName());
    }
}
