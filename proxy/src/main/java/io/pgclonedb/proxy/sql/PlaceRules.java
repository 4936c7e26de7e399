package io.pgclonedb.proxy.sql;

import io.pgclonedb.policy.Function;
import io.pgclonedb.policy.FunctionKind;
import java.util.List;
import java.util.stream.Stream;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.LongValue;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.OrderByElement;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.SelectItem;

/** Where calls that act are served; everything that is not named here is refused. */
final class PlaceRules {
    private final StatementShape shape;
    private final List<Function> functions;
    private final PlainSelect select;

    /**
     * Rules for one statement.
     *
     * @param functions called, in the order of the text
     */
    PlaceRules(StatementShape shape, List<Function> functions) {
        this.shape = shape;
        this.functions = List.copyOf(functions);
        this.select = shape.select();
    }

    /** Throws 0A000 unless the call, which acts, is served where it stands. */
    void check(int call) {
        Function function = functions.get(call);
        CallPlace place = shape.places().get(call);
        refuseIf(
                place instanceof CallPlace.Elsewhere,
                function,
                "It is neither an item of the select list nor of FROM.");
        refuseIf(
                isBeyondPlain(),
                function,
                "The SELECT has INTO, FOR, WINDOW or another clause that calls do not go with.");
        checkClauses(function);
        if (place instanceof CallPlace.FromItem from) {
            checkFrom(from, function);
        } else {
            refuseIf(isOrderedByCall(), function, "The rows are sorted by the result of a call.");
        }
    }

    private boolean isBeyondPlain() {
        return select.getIntoTables() != null
                || select.getForMode() != null
                || select.getForClause() != null
                || select.getForUpdate() != null
                || select.getWindowDefinitions() != null
                || select.getQualify() != null
                || select.getTop() != null
                || select.getFirst() != null
                || select.getSkip() != null
                || select.getLateralViews() != null
                || select.getPivot() != null
                || select.getUnPivot() != null
                || select.getLimitBy() != null
                || select.getPreWhere() != null
                || select.getOracleHierarchical() != null;
    }

    private void checkClauses(Function function) {
        refuseIf(select.getDistinct() != null, function, "The SELECT has DISTINCT.");
        refuseIf(
                select.getGroupBy() != null || select.getHaving() != null,
                function,
                "The SELECT has GROUP BY or HAVING.");
        boolean offset = select.getOffset() != null
                || (select.getLimit() != null && select.getLimit().getOffset() != null);
        refuseIf(offset, function, "The SELECT has OFFSET, which would skip calls.");
        boolean ties = select.getFetch() != null
                && select.getFetch().getFetchParameters() != null
                && select.getFetch().getFetchParameters().stream().anyMatch(word -> word.contains("TIES"));
        refuseIf(ties, function, "The SELECT has WITH TIES.");
    }

    private void checkFrom(CallPlace.FromItem from, Function function) {
        boolean alone = select.getJoins() == null
                && select.getWhere() == null
                && select.getOrderByElements() == null
                && select.getSelectItems().size() == 1;
        refuseIf(
                !alone || !emits(from, function),
                function,
                "In FROM it must be the only item, its result the only column, and nothing else may refer to it.");
    }

    /** Whether the select list shows the function's column, and nothing made of it. */
    private boolean emits(CallPlace.FromItem from, Function function) {
        String table = from.alias() == null ? function.name() : from.alias();
        String column =
                from.columnAliases().isEmpty() ? table : from.columnAliases().get(0);
        SelectItem<?> item = select.getSelectItem(0);
        Expression expression = item.getExpression();
        if (expression instanceof AllTableColumns all) {
            return item.getAlias() == null
                    && all.toString().equals(all.getTable() + ".*")
                    && isTable(all.getTable(), table);
        }
        if (expression instanceof AllColumns all) {
            return item.getAlias() == null && all.toString().equals("*");
        }
        return expression instanceof Column shown
                && StatementShape.folded(shown.getColumnName()).equals(column)
                && (shown.getTable() == null || isTable(shown.getTable(), table));
    }

    private static boolean isTable(Table table, String name) {
        return StatementShape.folded(table.toString()).equals(name);
    }

    /** ORDER BY may name a column of the result or count it; behind a star no count is certain. */
    private boolean isOrderedByCall() {
        return order().anyMatch(expression -> {
            for (int call = 0; call < functions.size(); call++) {
                boolean acts = functions.get(call).kind() == FunctionKind.ACTS;
                if (acts
                        && shape.places().get(call) instanceof CallPlace.SelectItem item
                        && isColumn(expression, item, call)) {
                    return true;
                }
            }
            return false;
        });
    }

    private boolean isColumn(Expression expression, CallPlace.SelectItem item, int call) {
        if (expression instanceof LongValue count) {
            return item.column() < 0 || item.column() + 1 == count.getValue();
        }
        if (!(expression instanceof Column column) || column.getTable() != null) {
            return false;
        }
        Alias alias = select.getSelectItem(item.item()).getAlias();
        String name = alias == null ? functions.get(call).name() : StatementShape.folded(alias.getName());
        return StatementShape.folded(column.getColumnName()).equals(name);
    }

    private Stream<Expression> order() {
        List<OrderByElement> elements = select.getOrderByElements();
        return elements == null ? Stream.empty() : elements.stream().map(OrderByElement::getExpression);
    }

    private static void refuseIf(boolean refused, Function function, String detail) {
        if (refused) {
            throw CallErrors.notHere(function).withDetail(detail);
        }
    }
}
