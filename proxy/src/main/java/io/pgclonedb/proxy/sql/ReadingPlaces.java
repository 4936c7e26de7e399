package io.pgclonedb.proxy.sql;

import io.pgclonedb.policy.Function;
import io.pgclonedb.policy.FunctionKind;
import io.pgclonedb.proxy.error.PgException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where calls that read are served: a text anywhere, rows where PostgreSQL takes a function that returns a set. */
final class ReadingPlaces {
    private static final String[] WITHOUT_ROWS = {"group", "having", "window", "for"};

    private final Tokens tokens;
    private final Clauses clauses;

    ReadingPlaces(Tokens tokens, Clauses clauses) {
        this.tokens = tokens;
        this.clauses = clauses;
    }

    /**
     * The place of a call.
     *
     * @throws PgException 0A000 where it is not served
     */
    CallPlace of(CallSite call, Function function) {
        if (clauses.beginsFromItem(call.first())) {
            boolean numbered = tokens.isWord(call.close() + 1, "with") && tokens.isWord(call.close() + 2, "ordinality");
            refuseIf(numbered, function, "It has WITH ORDINALITY.");
            return new CallPlace.FromItem(alias(call), List.of());
        }
        refuseIf(clauses.clause(call.first()) == Clauses.Clause.ROWS_FROM, function, "It stands in ROWS FROM.");
        return function.kind() == FunctionKind.READS_ROWS ? rowsInList(call, function) : new CallPlace.Value();
    }

    private @Nullable String alias(CallSite call) {
        int alias = new Aliases(tokens).behind(call);
        return alias < 0 ? null : tokens.name(alias);
    }

    /** Its rows multiply those of the SELECT, as a join does as long as nothing beside it could be an aggregate or a set. */
    private CallPlace rowsInList(CallSite call, Function function) {
        int from = call.first();
        int to = call.close() + 1;
        while (tokens.is(from - 1, "(") && tokens.is(to, ")")) {
            from--;
            to++;
        }
        Clauses.Select select = clauses.select(from);
        boolean list = select != null && clauses.clause(from) == Clauses.Clause.LIST;
        if (select == null || !list || !clauses.beginsListItem(select, from)) {
            throw setNotAllowed(function);
        }
        boolean field = from < call.first() && tokens.is(to, ".");
        int behind = field ? to + 2 : to;
        boolean named = field;
        if (tokens.isWord(behind, "as") && tokens.isIdentifier(behind + 1)) {
            behind += 2;
            named = true;
        } else if (behind < select.listEnd() && tokens.isIdentifier(behind)) {
            behind++;
            named = true;
        }
        if (behind != select.listEnd() && !tokens.is(behind, ",")) {
            throw setNotAllowed(function);
        }
        checkBeside(select, from, function);
        return new CallPlace.RowsInList(select, named ? -1 : to - 1);
    }

    private static PgException setNotAllowed(Function function) {
        return CallErrors.notHere(function)
                .withDetail("It returns rows, which may be an item of FROM or of a select list and nothing else.");
    }

    private void checkBeside(Clauses.Select select, int call, Function function) {
        int first = select.select() + 1;
        refuseIf(tokens.isWord(first, "distinct"), function, "The SELECT has DISTINCT.");
        int item = tokens.isWord(first, "all") ? first + 1 : first;
        for (int i = item; i <= select.listEnd(); i++) {
            boolean ends = i == select.listEnd() || (tokens.is(i, ",") && isDirectlyIn(select, i));
            if (ends) {
                refuseIf(
                        item != call && !isSimple(item, i),
                        function,
                        "In a select list only columns and literals may stand beside it.");
                item = i + 1;
            }
        }
        boolean order = false;
        for (int i = select.listEnd(); i < select.end(); i++) {
            if (isDirectlyIn(select, i)) {
                refuseIf(tokens.isWord(i, WITHOUT_ROWS), function, "The SELECT has GROUP BY, HAVING, WINDOW or FOR.");
                order = (order || tokens.isWord(i, "order")) && !tokens.isWord(i, "limit", "offset", "fetch");
                refuseIf(order && tokens.is(i, "("), function, "The SELECT is sorted by an expression.");
            }
        }
    }

    private boolean isDirectlyIn(Clauses.Select select, int token) {
        return token < select.end() && select.equals(clauses.select(token));
    }

    /** Whether an item is a column, or all of a table's, or a literal, with or without a name. */
    private boolean isSimple(int from, int to) {
        int at = from;
        if (tokens.isLiteral(at)) {
            at++;
        } else if (tokens.isIdentifier(at)) {
            at++;
            while (tokens.is(at, ".")) {
                at += 2;
            }
        } else {
            return false;
        }
        if (tokens.isWord(at, "as")) {
            at++;
            return at + 1 == to;
        }
        return at == to || (at + 1 == to && tokens.isIdentifier(at));
    }

    private static void refuseIf(boolean refused, Function function, String detail) {
        if (refused) {
            throw CallErrors.notHere(function).withDetail(detail);
        }
    }
}
