package io.pgclonedb.proxy.sql;

import io.pgclonedb.policy.Function;
import io.pgclonedb.policy.FunctionCatalog;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.util.List;
import java.util.stream.Collectors;

/** The errors about calls, in PostgreSQL's words where it has some. Positions are added by the caller. */
final class CallErrors {
    private CallErrors() {}

    /** A function of this name exists, but not for these arguments. */
    static PgException noSuchFunction(Function function, ArgumentTypes types) {
        return PgException.error(
                        SqlState.UNDEFINED_FUNCTION,
                        "function " + function.qualifiedName() + "(" + types + ") does not exist")
                .withHint("The function is " + function.signature() + ".");
    }

    /** No function has this name. */
    static PgException noSuchFunction(String name, ArgumentTypes types) {
        List<String> near = FunctionCatalog.near(name);
        String hint = near.isEmpty()
                ? "SELECT pgclonedb.help() lists the functions."
                : near.stream()
                        .flatMap(candidate -> FunctionCatalog.find(candidate).stream())
                        .map(Function::signature)
                        .collect(Collectors.joining(" or ", "Did you mean ", "?"));
        return PgException.error(
                        SqlState.UNDEFINED_FUNCTION, "function pgclonedb." + name + "(" + types + ") does not exist")
                .withHint(hint);
    }

    /** The function exists, but cannot be called where it is. */
    static PgException notHere(Function function) {
        return PgException.error(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "function " + function.qualifiedName() + " cannot be called here")
                .withHint(workingForm(function));
    }

    /** The form that always works. */
    private static String workingForm(Function function) {
        String call = function.qualifiedName() + (function.parameters().isEmpty() ? "()" : "(...)");
        return switch (function.kind()) {
            case ACTS ->
                "Call it at the top of the select list of a plain SELECT: SELECT " + call + ", or SELECT * FROM " + call
                        + ".";
            case READS_TEXT -> "Call it at the top of the select list of a plain SELECT: SELECT " + call + ".";
            case READS_ROWS -> "Call it in the FROM of a plain SELECT: SELECT * FROM " + call + ".";
        };
    }

    /** A call in a string that the server would run by itself later. */
    static PgException inBody() {
        return PgException.error(
                        SqlState.FEATURE_NOT_SUPPORTED,
                        "pgclonedb functions cannot be called in DO or in the body of a function or procedure")
                .withDetail("The server would look for them in itself.")
                .withHint("Call the function in a plain SELECT of its own, as in SELECT pgclonedb.help().");
    }

    /** What kind of statement the calls stand in cannot be told. */
    static PgException unknownShape() {
        return notServed("a statement of this kind cannot call pgclonedb functions");
    }

    /** Something that is not served, said in one line. */
    static PgException notServed(String message) {
        return PgException.error(SqlState.FEATURE_NOT_SUPPORTED, message)
                .withHint("Call the function in a plain SELECT of its own, as in SELECT pgclonedb.help().");
    }

    static PgException tooLong() {
        return PgException.error(
                        SqlState.PROGRAM_LIMIT_EXCEEDED, "a statement this long cannot call pgclonedb functions")
                .withHint("Call the function in a plain SELECT of its own, as in SELECT pgclonedb.help().");
    }

    static PgException tooDeep() {
        return PgException.error(
                        SqlState.PROGRAM_LIMIT_EXCEEDED,
                        "a statement nested this deeply cannot call pgclonedb functions")
                .withHint("Call the function in a plain SELECT of its own, as in SELECT pgclonedb.help().");
    }

    /** What the server would say about a column, and how the function is called. */
    static PgException withoutParentheses(String function) {
        return PgException.error(SqlState.UNDEFINED_TABLE, "missing FROM-clause entry for table \"pgclonedb\"")
                .withHint("A function is called with parentheses: pgclonedb." + function + "().");
    }
}
