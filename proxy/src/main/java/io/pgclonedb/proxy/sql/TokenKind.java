package io.pgclonedb.proxy.sql;

/** Kinds of tokens (PostgreSQL documentation, "Lexical Structure"). */
enum TokenKind {
    /** Identifier or key word without quotes. */
    IDENTIFIER,
    /** {@code "x"} */
    QUOTED_IDENTIFIER,
    /** {@code U&"x"}, with its UESCAPE if there is one. */
    UNICODE_IDENTIFIER,
    /** {@code 'x'} and {@code N'x'}. */
    STRING,
    /** {@code E'x'}, and {@code 'x'} where standard_conforming_strings is off. */
    ESCAPE_STRING,
    /** {@code U&'x'}, with its UESCAPE if there is one. */
    UNICODE_STRING,
    /** {@code B'0'} and {@code X'0'}. */
    BIT_STRING,
    /** {@code $$x$$} and {@code $tag$x$tag$}. */
    DOLLAR_STRING,
    NUMBER,
    /** {@code $1} */
    PARAMETER,
    OPERATOR,
    /** Comma, semicolon, parentheses, brackets, dots, colons, {@code ::}, {@code :=}, {@code =>}; and stray bytes. */
    SYMBOL;

    boolean isIdentifier() {
        return this == IDENTIFIER || this == QUOTED_IDENTIFIER || this == UNICODE_IDENTIFIER;
    }

    boolean isString() {
        return this == STRING || this == ESCAPE_STRING || this == UNICODE_STRING || this == DOLLAR_STRING;
    }
}
