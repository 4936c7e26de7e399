package io.pgclonedb.proxy.sql;

import org.jspecify.annotations.Nullable;

/** What an argument's expression is, parentheses left out. */
sealed interface ArgumentForm {
    /**
     * A string.
     *
     * @param value null when it cannot be told here
     */
    record StringLiteral(@Nullable String value) implements ArgumentForm {
        @Override
        public String toString() {
            return "StringLiteral[***]";
        }
    }

    /** A number with its sign, as written but for blanks. */
    record NumberLiteral(String text) implements ArgumentForm {
        /** Whether it is written as all versions of PostgreSQL read it, not as {@code 0x1F} or {@code 1_000}. */
        boolean isDecimal() {
            return text.chars().noneMatch(c -> c == '_' || (Character.isLetter(c) && c != 'e' && c != 'E'));
        }

        /** Its value when it is a decimal integer of 64 bits. */
        @Nullable
        Long integer() {
            return SqlInteger.of(text);
        }

        /** The type PostgreSQL gives it. */
        String type() {
            Long value = integer();
            if (value == null) {
                return isDecimal() ? "numeric" : "integer";
            }
            return value == value.intValue() ? "integer" : "bigint";
        }
    }

    /** TRUE or FALSE. */
    record BooleanLiteral(boolean value) implements ArgumentForm {}

    /** NULL. */
    record NullLiteral() implements ArgumentForm {}

    /** {@code $number}. */
    record ParameterReference(int number) implements ArgumentForm {}

    /** Anything else. */
    record Expression() implements ArgumentForm {}
}
