package io.pgclonedb.policy;

import java.util.Optional;

/** The naming rule of application admins: {@code <app>_db_admin}, byte for byte, {@code <app>} not empty. */
final class AdminRole {
    static final String SUFFIX = "_db_admin";

    /** The role whose members may call the functions. */
    static final String GROUP = "pgclonedb_user";

    private AdminRole() {}

    /** The application a role name stands for; empty when it is not the name of an application admin. */
    static Optional<String> application(String roleName) {
        if (!isReserved(roleName) || roleName.length() == SUFFIX.length()) {
            return Optional.empty();
        }
        return Optional.of(roleName.substring(0, roleName.length() - SUFFIX.length()));
    }

    /** Whether only a superuser may make a role of this name; the bare suffix is such a name too. */
    static boolean isReserved(String roleName) {
        return roleName.endsWith(SUFFIX);
    }
}
