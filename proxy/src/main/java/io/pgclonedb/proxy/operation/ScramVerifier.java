package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.util.PasswordUtil;

/**
 * What the server is given in place of a password: the SCRAM-SHA-256 verifier that it would compute itself (PostgreSQL
 * documentation, "pg_authid" and "SASL Authentication"; RFC 5803). Whatever {@code password_encryption} says, and whatever the
 * password looks like: one that is written like a verifier is a password like any other.
 */
final class ScramVerifier {
    private static final int SALT_BYTES = 16;
    private static final int LEAST_ITERATIONS = 4096;
    private static final String ITERATIONS =
            "SELECT pg_catalog.current_setting('scram_iterations', true)::pg_catalog.int4";

    private ScramVerifier() {}

    /**
     * A verifier with a salt of its own and as many iterations as the server is set to (16 and later; never fewer than the
     * default). It takes some milliseconds of the processor.
     *
     * @throws PgException 22023 when nothing is left of the password once it is normalised
     */
    static String of(String password, Connection server) throws SQLException {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        int iterations = iterations(server);
        try {
            // Normalises as the server does: SASLprep, and the plain password where that forbids it.
            return PasswordUtil.encodeScramSha256(password.toCharArray(), iterations, salt);
        } catch (RuntimeException nothingLeft) {
            // Without the cause, of which nobody can say that it holds nothing of the password.
            throw PgException.error(SqlState.INVALID_PARAMETER_VALUE, "the password cannot be used")
                    .withDetail("It consists of characters that are ignored in passwords.")
                    .withHint("Give a password with visible characters in it.");
        }
    }

    private static int iterations(Connection server) throws SQLException {
        try (Statement statement = server.createStatement();
                ResultSet row = statement.executeQuery(ITERATIONS)) {
            row.next();
            // NULL, read as 0, on a server that does not know the setting.
            return Math.max(LEAST_ITERATIONS, row.getInt(1));
        }
    }
}
