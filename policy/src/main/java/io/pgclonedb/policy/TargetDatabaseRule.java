package io.pgclonedb.policy;

import java.util.Optional;

/** A database that is acted on is not protected and in the caller's scope; whether it exists is not looked at. */
record TargetDatabaseRule(String parameter) implements Rule {
    @Override
    public Optional<Denial> check(PolicyInput input) {
        String database = input.call().text(parameter);
        return database == null || Scope.reaches(input, database)
                ? Optional.empty()
                : Optional.of(denial(input, database));
    }

    /** The refusal of a database that {@link Scope#reaches} says is not the caller's to name. */
    static Denial denial(PolicyInput input, String database) {
        if (input.facts().isProtected(database)) {
            return Denial.of(
                            DenialReason.PROTECTED_OBJECT,
                            SqlStates.INSUFFICIENT_PRIVILEGE,
                            "database \"" + database + "\" is protected")
                    .withHint("System databases and the control database are served to nobody here;"
                            + " a superuser has plain SQL for them.");
        }
        Denial denial = Denial.of(
                DenialReason.SCOPE,
                SqlStates.INSUFFICIENT_PRIVILEGE,
                "database \"" + database + "\" is out of scope for role \""
                        + input.caller().name() + "\"");
        String application = input.caller().application().orElse("");
        return denial.withHint("In scope are the database \"" + application + "\" and those whose names start with \""
                + application + "_\", but for the ones of an application with a longer matching name.");
    }
}
