package io.pgclonedb.proxy.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The name of an application, and with it the name of its admin role and the scope of that. */
record Application(String name) {
    private static final String SUFFIX = "_db_admin";
    private static final int MAX_BYTES = 63 - SUFFIX.length();
    private static final List<String> SYSTEM_DATABASES = List.of("postgres", "template0", "template1");

    /**
     * The application that somebody typed the name of.
     *
     * @throws CommandException when no role of PostgreSQL could be named after it, or none should
     */
    static Application named(String name, String controlDatabase) {
        if (name.isBlank() || !name.strip().equals(name) || name.chars().anyMatch(Character::isISOControl)) {
            throw new CommandException(
                    "an application name must not be empty nor have blanks around it or control characters; give one such as myapp");
        }
        if (name.endsWith(SUFFIX)) {
            throw new CommandException("\"" + name + "\" is the name of an admin role; give the application's: "
                    + name.substring(0, name.length() - SUFFIX.length()));
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new CommandException("application name \"" + name + "\" is too long; with " + SUFFIX
                    + " behind it PostgreSQL allows " + MAX_BYTES + " bytes");
        }
        if (name.startsWith("pg_")) {
            throw new CommandException("application name \"" + name
                    + "\" is not possible; PostgreSQL keeps role names that begin with pg_ for itself");
        }
        if (SYSTEM_DATABASES.contains(name) || name.equals(controlDatabase)) {
            throw new CommandException("application name \"" + name
                    + "\" is that of a database which no application may own; choose another");
        }
        return new Application(name);
    }

    /** The application behind an admin role's name. */
    static Application ofRole(String role) {
        return new Application(role.substring(0, role.length() - SUFFIX.length()));
    }

    /** Its admin role. */
    String role() {
        return name + SUFFIX;
    }

    /** Whether a database of this name would be in its scope if there were no other application. */
    boolean covers(String database) {
        return database.equals(name) || database.startsWith(name + "_");
    }
}
