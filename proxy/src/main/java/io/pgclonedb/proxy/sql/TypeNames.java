package io.pgclonedb.proxy.sql;

/** Names of built-in types as PostgreSQL shows them in messages. */
final class TypeNames {
    private TypeNames() {}

    /** The name of a declared parameter's type by its OID (catalog pg_type). */
    static String of(int oid) {
        return switch (oid) {
            case 16 -> "boolean";
            case 17 -> "bytea";
            case 19 -> "name";
            case 20 -> "bigint";
            case 21 -> "smallint";
            case 23 -> "integer";
            case 25 -> "text";
            case 700 -> "real";
            case 701 -> "double precision";
            case 1042 -> "character";
            case 1043 -> "character varying";
            case 1082 -> "date";
            case 1114 -> "timestamp without time zone";
            case 1184 -> "timestamp with time zone";
            case 1186 -> "interval";
            case 1700 -> "numeric";
            default -> "unknown";
        };
    }
}
