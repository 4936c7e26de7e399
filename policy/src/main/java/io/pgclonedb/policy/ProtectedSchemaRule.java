package io.pgclonedb.policy;

import java.util.Optional;
import java.util.Set;

/** System schemas and {@code public} are not dropped. */
record ProtectedSchemaRule(String parameter) implements Rule {
    private static final Set<String> PROTECTED = Set.of("information_schema", "public");

    @Override
    public Optional<Denial> check(PolicyInput input) {
        return Optional.ofNullable(input.call().text(parameter))
                .filter(schema -> SystemName.matches(schema) || PROTECTED.contains(schema))
                .map(schema -> Denial.of(
                                DenialReason.PROTECTED_OBJECT,
                                SqlStates.INSUFFICIENT_PRIVILEGE,
                                "schema \"" + schema + "\" is protected")
                        .withHint("Schemas \"information_schema\" and \"public\" and those whose names start with"
                                + " \"pg_\" cannot be dropped here."));
    }
}
