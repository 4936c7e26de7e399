package io.pgclonedb.policy;

import java.util.Optional;

/** No schema is created under PostgreSQL's own prefix. */
record ReservedSchemaRule(String parameter) implements Rule {
    @Override
    public Optional<Denial> check(PolicyInput input) {
        return Optional.ofNullable(input.call().text(parameter))
                .filter(SystemName::matches)
                .map(schema -> Denial.of(
                                DenialReason.RESERVED_NAME,
                                SqlStates.RESERVED_NAME,
                                "unacceptable schema name \"" + schema + "\"")
                        .withDetail("The prefix \"pg_\" is reserved for system schemas.")
                        .withHint("Choose another name."));
    }
}
