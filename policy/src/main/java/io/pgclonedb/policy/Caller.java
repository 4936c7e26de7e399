package io.pgclonedb.policy;

import java.util.Optional;

/**
 * The role that logged in, as the catalogs show it at the moment of the call.
 *
 * @param oid what identifies it; a role dropped and made again under its name is another one
 * @param name its name now
 * @param superuser whether it has SUPERUSER
 * @param canLogin whether it has LOGIN
 * @param valid whether its VALID UNTIL has not passed
 * @param member whether it is directly or indirectly a member of {@code pgclonedb_user}
 */
public record Caller(long oid, String name, boolean superuser, boolean canLogin, boolean valid, boolean member) {
    /** The {@code <app>} of {@code <app>_db_admin}; empty for a role of another name. */
    public Optional<String> application() {
        return AdminRole.application(name);
    }
}
