package io.pgclonedb.proxy.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a call stands. */
sealed interface CallPlace {
    /**
     * It is an item of the outermost select list.
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

    /** It reads one text, and stands where any expression may. */
    record Value() implements CallPlace {}

    /**
     * It reads rows, and is an item of a select list, perhaps in parentheses with one of its columns, or all, behind.
     *
     * @param select whose FROM is to give the rows
     * @param unnamed the token behind which the name of the column is missing; -1 when it has one
     */
    record RowsInList(Clauses.Select select, int unnamed) implements CallPlace {}

    /** It is somewhere else. */
    record Elsewhere() implements CallPlace {}
}
