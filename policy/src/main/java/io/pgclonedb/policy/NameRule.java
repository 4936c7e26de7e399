package io.pgclonedb.policy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A name fits into PostgreSQL's {@code name}: 1 to 63 bytes (PostgreSQL documentation, "Identifiers and Key Words"). A longer one
 * is refused, never truncated: it would name something else. NULL is {@link NotNullRule}'s.
 */
record NameRule(String parameter) implements Rule {
    private static final int MAX_BYTES = 63;

    @Override
    public Optional<Denial> check(PolicyInput input) {
        String name = input.call().text(parameter);
        if (name == null) {
            return Optional.empty();
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0) {
            return Optional.of(Denial.of(
                            DenialReason.ARGUMENTS,
                            SqlStates.INVALID_NAME,
                            "parameter \"" + parameter + "\" must not be empty")
                    .withHint("A name has 1 to " + MAX_BYTES + " bytes."));
        }
        if (bytes > MAX_BYTES) {
            return Optional.of(Denial.of(DenialReason.ARGUMENTS, SqlStates.NAME_TOO_LONG, "identifier too long")
                    .withDetail("Parameter \"" + parameter + "\" is " + bytes + " bytes long; a name has at most "
                            + MAX_BYTES + ".")
                    .withHint("Give a shorter name; it is not truncated."));
        }
        return Optional.empty();
    }
}
