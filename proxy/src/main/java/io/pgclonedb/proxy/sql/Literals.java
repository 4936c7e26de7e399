package io.pgclonedb.proxy.sql;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what literals and identifiers say (PostgreSQL documentation, "Constants" and "Identifiers and Key Words"). */
final class Literals {
    private final SqlText text;

    Literals(SqlText text) {
        this.text = text;
    }

    /** Whether a character may be named by UESCAPE. */
    static boolean mayEscape(char c) {
        return Characters.digit(c, 16) < 0 && "+'\" \t\n\r\f\u000b".indexOf(c) < 0 && c < 0x80;
    }

    /** The value of a string; null when it cannot be told with certainty here (the server may still find it valid). */
    @Nullable
    String string(Token token) {
        if (token.kind() == TokenKind.DOLLAR_STRING) {
            int delimiter = 1;
            while (text.at(token.start() + delimiter) != '$') {
                delimiter++;
            }
            delimiter++;
            return text.decode(Arrays.copyOfRange(text.bytes(), token.start() + delimiter, token.end() - delimiter));
        }
        byte[] content = content(token);
        return switch (token.kind()) {
            case STRING -> text.decode(content);
            case ESCAPE_STRING -> decoded(text.decode(content), new EscapeReader());
            case UNICODE_STRING -> decoded(text.decode(content), new UnicodeEscapeReader(token.escape()));
            default -> null;
        };
    }

    /** The name of a {@code U&"…"}. */
    String unicodeIdentifier(Token token) {
        int end = new Quotes(text).identifierEnd(token.start(), token.start() + 2);
        String content = text.shown(token.start() + 3, end - 1).replace("\"\"", "\"");
        String name = decoded(content, new UnicodeEscapeReader(token.escape()));
        if (name == null) {
            throw text.error(
                    PgException.error(SqlState.SYNTAX_ERROR, "invalid Unicode escape")
                            .withHint("Unicode escapes must be \\XXXX or \\+XXXXXX."),
                    token.start());
        }
        return name;
    }

    /** What stands between the quotes of all lines; doubled quotes are one, escapes are left. */
    private byte[] content(Token token) {
        ByteArrayOutputStream content = new ByteArrayOutputStream(token.end() - token.start());
        Quotes quotes = new Quotes(text);
        int at = token.start();
        while (text.at(at) != '\'') {
            at++;
        }
        at++;
        while (at < token.end()) {
            int next = text.at(at);
            if (next == '\\' && token.kind() == TokenKind.ESCAPE_STRING) {
                content.write(next);
                content.write(text.at(at + 1));
                at += 2;
            } else if (next != '\'') {
                content.write(next);
                at++;
            } else if (text.at(at + 1) == '\'' && at + 1 < token.end()) {
                content.write(next);
                at += 2;
            } else {
                int segment = quotes.nextSegment(at + 1);
                if (segment < 0 || segment > token.end()) {
                    break;
                }
                at = segment;
            }
        }
        return content.toByteArray();
    }

    private static @Nullable String decoded(@Nullable String content, EscapeSyntax syntax) {
        if (content == null) {
            return null;
        }
        StringBuilder value = new StringBuilder(content.length());
        int at = 0;
        while (at < content.length()) {
            at = syntax.read(content, at, value);
            if (at < 0) {
                return null;
            }
        }
        boolean encodable = StandardCharsets.UTF_8.newEncoder().canEncode(value);
        return encodable && value.indexOf("\0") < 0 ? value.toString() : null;
    }
}
