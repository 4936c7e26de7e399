package io.pgclonedb.proxy.sql;

import io.pgclonedb.proxy.error.PgException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.FunctionAllColumns;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.SelectItem;
import net.sf.jsqlparser.statement.select.TableFunction;
import org.jspecify.annotations.Nullable;

/**
 * What kind of statement calls stand in, and where in it. A second opinion beside the tokens: it may only make the answer
 * stricter.
 *
 * @param select the statement with its calls masked
 * @param places of the calls, in the order of the text
 */
record StatementShape(PlainSelect select, List<CallPlace> places) {
    StatementShape {
        places = List.copyOf(places);
    }

    /**
     * Looks at a masked statement.
     *
     * @throws PgException 0A000 when it is no plain SELECT, or nothing that can be told
     */
    static StatementShape of(String masked, int calls) {
        Statement statement;
        try {
            statement = new CCJSqlParser(masked).withAllowComplexParsing(false).Statement();
        } catch (ParseException | RuntimeException | StackOverflowError unreadable) {
            throw CallErrors.unknownShape();
        }
        if (!(statement instanceof PlainSelect select)) {
            throw CallErrors.unknownShape();
        }
        CallPlace[] places = new CallPlace[calls];
        Arrays.fill(places, new CallPlace.Elsewhere());
        findInList(select, places);
        findInFrom(select, places);
        return new StatementShape(select, List.of(places));
    }

    private static void findInList(PlainSelect select, CallPlace[] places) {
        boolean star = false;
        List<SelectItem<?>> items = select.getSelectItems();
        for (int i = 0; i < items.size(); i++) {
            Expression expression = items.get(i).getExpression();
            star |= expression instanceof AllColumns || expression instanceof FunctionAllColumns;
            int call = expression.getClass() == Function.class ? call((Function) expression, places) : -1;
            if (call >= 0) {
                places[call] =
                        new CallPlace.SelectItem(i, star ? -1 : i, items.get(i).getAlias() != null);
            }
        }
    }

    private static void findInFrom(PlainSelect select, CallPlace[] places) {
        List<FromItem> items = new ArrayList<>();
        if (select.getFromItem() != null) {
            items.add(select.getFromItem());
        }
        if (select.getJoins() != null) {
            select.getJoins().stream().map(Join::getFromItem).forEach(items::add);
        }
        for (FromItem item : items) {
            if (item instanceof TableFunction table
                    && !table.isRowsFrom()
                    && table.getWithClause() == null
                    && table.getFunction() != null) {
                int call = call(table.getFunction(), places);
                if (call >= 0) {
                    places[call] = fromItem(table.getAlias());
                }
            }
        }
    }

    private static CallPlace.FromItem fromItem(@Nullable Alias alias) {
        if (alias == null || alias.getName() == null) {
            return new CallPlace.FromItem(null, List.of());
        }
        List<String> columns = new ArrayList<>();
        if (alias.getAliasColumns() != null) {
            alias.getAliasColumns().forEach(column -> columns.add(folded(column.name)));
        }
        return new CallPlace.FromItem(folded(alias.getName()), List.copyOf(columns));
    }

    /** The call that a function is the placeholder of, with nothing more to it; -1 for none. */
    private static int call(Function function, CallPlace[] places) {
        for (int i = 0; i < places.length; i++) {
            if (function.toString().equals(MaskedStatement.placeholder(i) + "()")) {
                return i;
            }
        }
        return -1;
    }

    /** A name of the masked statement as PostgreSQL understands it. */
    static String folded(String name) {
        boolean quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
        return quoted ? name.substring(1, name.length() - 1) : Characters.fold(name);
    }
}
