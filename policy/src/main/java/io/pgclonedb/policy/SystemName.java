package io.pgclonedb.policy;

/** The prefix that PostgreSQL keeps for its own roles and schemas. */
final class SystemName {
    static final String PREFIX = "pg_";

    private SystemName() {}

    static boolean matches(String name) {
        return name.startsWith(PREFIX);
    }
}
