package io.pgclonedb.proxy.sql;

import java.util.List;

/**
 * An argument's expression taken apart.
 *
 * @param form its core
 * @param casts the types it is cast to, the innermost first; "other" for one that is not a plain name
 */
record ArgumentExpression(ArgumentForm form, List<String> casts) {
    static final String OTHER = "other";

    ArgumentExpression {
        casts = List.copyOf(casts);
    }

    /** Whether the casts change nothing of a text. */
    boolean castsKeepText() {
        return casts.stream().allMatch(cast -> cast.equals("text") || cast.equals("varchar"));
    }

    /** The type as PostgreSQL names it in messages. */
    String type() {
        if (!casts.isEmpty()) {
            return typeName(casts.get(casts.size() - 1));
        }
        if (form instanceof ArgumentForm.NumberLiteral number) {
            return number.type();
        }
        return form instanceof ArgumentForm.BooleanLiteral ? "boolean" : "unknown";
    }

    private static String typeName(String cast) {
        return switch (cast) {
            case "int", "int4" -> "integer";
            case "int8" -> "bigint";
            case "int2" -> "smallint";
            case "bool" -> "boolean";
            case "float8" -> "double precision";
            case "varchar" -> "character varying";
            case "timestamptz" -> "timestamp with time zone";
            case "timestamp" -> "timestamp without time zone";
            case OTHER -> "unknown";
            default -> cast;
        };
    }
}
