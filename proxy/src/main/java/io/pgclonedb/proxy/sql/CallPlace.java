package io.pgclonedb.proxy.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where in a plain SELECT a call stands. */
sealed interface CallPlace {
    /**
     * It is an item of the select list.
     *
     * @param column of the result, from 0; -1 when a star stands before it
     * @param hasAlias whether its column has a name of the client's
     */
    record SelectItem(int item, int column, boolean hasAlias) implements CallPlace {}

    /**
     * It is an item of FROM.
     *
     * @param alias null when it has none
     * @param columnAliases empty when it has none
     */
    record FromItem(@Nullable String alias, List<String> columnAliases) implements CallPlace {}

    /** It is somewhere else. */
    record Elsewhere() implements CallPlace {}
}
