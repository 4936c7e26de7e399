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
}
