package io.pgclonedb.proxy.sql;

import java.util.Set;

/** Words that have a meaning of their own in SQL (PostgreSQL documentation, "SQL Key Words"). */
final class Keywords {
    /** Reserved, or usable only as the name of a function or type: none can be an alias without AS behind a FROM item. */
    private static final Set<String> NO_ALIAS = Set.of(
            ("all analyse analyze and any array as asc asymmetric authorization binary both case cast check collate"
                            + " collation column concurrently constraint create cross current_catalog current_date"
                            + " current_role current_schema current_time current_timestamp current_user default"
                            + " deferrable desc distinct do else end except false fetch for foreign freeze from full"
                            + " grant group having ilike in initially inner intersect into is isnull join lateral"
                            + " leading left like limit localtime localtimestamp natural not notnull null offset on"
                            + " only or order outer overlaps placing primary references returning right select"
                            + " session_user similar some symmetric system_user table tablesample then to trailing"
                            + " true union unique user using variadic verbose when where window with")
                    .split(" "));

    private Keywords() {}

    /** Whether a word, folded, can be the alias of a FROM item without AS. */
    static boolean mayBeAlias(String word) {
        return !NO_ALIAS.contains(word);
    }
}
