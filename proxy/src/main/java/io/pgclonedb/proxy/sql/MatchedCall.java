package io.pgclonedb.proxy.sql;

import io.pgclonedb.policy.Function;
import io.pgclonedb.policy.FunctionKind;
import io.pgclonedb.policy.Parameter;
import java.util.List;

/**
 * A call and the function it calls.
 *
 * @param arguments in the order of the text; those that PostgreSQL drops are left out
 */
record MatchedCall(CallSite site, Function function, List<Argument> arguments, ArgumentTypes types) {
    /**
     * An argument and its parameter.
     *
     * @param index in the order of the text
     */
    record Argument(int index, Parameter parameter, CallSite.Actual actual, ArgumentExpression expression) {}

    MatchedCall {
        arguments = List.copyOf(arguments);
    }

    boolean acts() {
        return function.kind() == FunctionKind.ACTS;
    }
}
