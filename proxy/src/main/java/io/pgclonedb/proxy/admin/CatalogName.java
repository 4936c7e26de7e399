package io.pgclonedb.proxy.admin;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The last check of a name before it goes to the server, which would cut it off or, with a NUL in it, misread it. */
final class CatalogName {
    /** {@code NAMEDATALEN} less the terminating zero. */
    static final int MAX_BYTES = 63;

    private CatalogName() {}

    /**
     * The same name when the server would take it as it stands.
     *
     * @throws PgException 42602 when it is empty, holds a NUL or is no valid Unicode; 42622 when it is too long
     */
    static String checked(String name) {
        if (name.isEmpty()) {
            throw PgException.error(SqlState.INVALID_NAME, "a name must not be empty");
        }
        if (name.indexOf('\0') >= 0) {
            throw PgException.error(SqlState.INVALID_NAME, "a name must not contain a null character");
        }
        if (utf8(name).remaining() > MAX_BYTES) {
            throw PgException.error(SqlState.NAME_TOO_LONG, "identifier \"" + name + "\" is too long")
                    .withDetail("A name may have at most " + MAX_BYTES + " bytes.");
        }
        return name;
    }

    private static ByteBuffer utf8(String name) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
        } catch (CharacterCodingException loneSurrogate) {
            throw PgException.error(SqlState.INVALID_NAME, "a name must be valid Unicode")
                    .withCause(loneSurrogate);
        }
    }
}
