package io.pgclonedb.proxy.sql;

/**
 * A token.
 *
 * @param start offset of its first byte
 * @param end offset behind its last byte
 * @param escape the escape character of the two kinds with Unicode escapes
 */
record Token(TokenKind kind, int start, int end, char escape) {
    Token(TokenKind kind, int start, int end) {
        this(kind, start, end, '\\');
    }
}
