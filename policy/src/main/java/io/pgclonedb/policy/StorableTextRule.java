package io.pgclonedb.policy;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** No text holds what PostgreSQL cannot store: NUL, or half of a surrogate pair. */
final class StorableTextRule implements Rule {
    @Override
    public Optional<Denial> check(PolicyInput input) {
        return input.call().given().stream()
                .filter(name -> input.call().value(name) instanceof String text && !isStorable(text))
                .findFirst()
                .map(StorableTextRule::denial);
    }

    static boolean isStorable(String text) {
        if (text.indexOf('\0') >= 0) {
            return false;
        }
        try {
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException unpaired) {
            return false;
        }
    }

    private static Denial denial(String parameter) {
        return Denial.of(
                        DenialReason.ARGUMENTS,
                        SqlStates.CHARACTER_NOT_IN_REPERTOIRE,
                        "parameter \"" + parameter + "\" holds a character that PostgreSQL cannot store")
                .withDetail("It is the character with code zero, or half of a surrogate pair.")
                .withHint("Give text that is valid in UTF-8.");
    }
}
