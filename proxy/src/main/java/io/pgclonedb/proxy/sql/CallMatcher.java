package io.pgclonedb.proxy.sql;

import io.pgclonedb.policy.ArgumentType;
import io.pgclonedb.policy.Function;
import io.pgclonedb.policy.FunctionCatalog;
import io.pgclonedb.policy.Parameter;
import io.pgclonedb.proxy.error.PgException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the function of a call and gives each argument its parameter ("Function Type Resolution"). */
final class CallMatcher {
    /** Type OID of void. */
    private static final int VOID = 2278;

    private final Tokens tokens;
    private final PlanOptions options;
    private final ArgumentReader reader;

    CallMatcher(Tokens tokens, PlanOptions options) {
        this.tokens = tokens;
        this.options = options;
        this.reader = new ArgumentReader(tokens);
    }

    /**
     * Matches a call.
     *
     * @throws PgException 42883 with the signature or a suggestion in HINT
     */
    MatchedCall match(CallSite site) {
        List<CallSite.Actual> actuals = new ArrayList<>();
        List<ArgumentExpression> expressions = new ArrayList<>();
        List<ArgumentTypes.Actual> types = new ArrayList<>();
        for (CallSite.Actual actual : site.arguments()) {
            ArgumentExpression expression = reader.read(actual.expression());
            if (!isDropped(actual, expression)) {
                actuals.add(actual);
                expressions.add(expression);
                types.add(new ArgumentTypes.Actual(actual.name(), typeOf(expression)));
            }
        }
        ArgumentTypes argumentTypes = new ArgumentTypes(types);
        Function function = FunctionCatalog.find(site.name()).orElse(null);
        if (function == null) {
            throw tokens.error(CallErrors.noSuchFunction(site.name(), argumentTypes), site.first());
        }
        List<MatchedCall.Argument> arguments = arguments(function, actuals, expressions);
        if (arguments == null) {
            throw tokens.error(CallErrors.noSuchFunction(function, argumentTypes), site.first());
        }
        return new MatchedCall(site, function, arguments, withGuesses(argumentTypes, arguments));
    }

    /** The type of an expression is not known here; most likely it is the right one. */
    private static ArgumentTypes withGuesses(ArgumentTypes types, List<MatchedCall.Argument> arguments) {
        ArgumentTypes guessed = types;
        for (MatchedCall.Argument argument : arguments) {
            ArgumentExpression expression = argument.expression();
            if (expression.form() instanceof ArgumentForm.Expression
                    && expression.casts().isEmpty()) {
                guessed = guessed.with(
                        argument.index(), argument.parameter().type().sqlName());
            }
        }
        return guessed;
    }

    /** The place for the return value of JDBC's {@code {? = call f(?)}}, which drivers declare as void. */
    private boolean isDropped(CallSite.Actual actual, ArgumentExpression expression) {
        return actual.name() == null
                && expression.casts().isEmpty()
                && expression.form() instanceof ArgumentForm.ParameterReference parameter
                && options.declaredType(parameter.number()) == VOID;
    }

    private String typeOf(ArgumentExpression expression) {
        boolean bare = expression.casts().isEmpty();
        return bare && expression.form() instanceof ArgumentForm.ParameterReference parameter
                ? TypeNames.of(options.declaredType(parameter.number()))
                : expression.type();
    }

    /** Null when the arguments do not fit. */
    private static @Nullable List<MatchedCall.Argument> arguments(
            Function function, List<CallSite.Actual> actuals, List<ArgumentExpression> expressions) {
        List<MatchedCall.Argument> arguments = new ArrayList<>();
        Set<Parameter> given = new HashSet<>();
        for (int i = 0; i < actuals.size(); i++) {
            String name = actuals.get(i).name();
            Parameter parameter;
            if (name != null) {
                parameter = function.parameter(name).orElse(null);
            } else {
                parameter =
                        i < function.parameters().size() ? function.parameters().get(i) : null;
            }
            if (parameter == null || !given.add(parameter) || !fits(parameter, expressions.get(i))) {
                return null;
            }
            arguments.add(new MatchedCall.Argument(i, parameter, actuals.get(i), expressions.get(i)));
        }
        boolean complete =
                function.parameters().stream().filter(Parameter::required).allMatch(given::contains);
        return complete ? arguments : null;
    }

    /** Whether a literal can be of the parameter's type; what the server will find out anyway is let through. */
    private static boolean fits(Parameter parameter, ArgumentExpression expression) {
        if (!expression.casts().isEmpty()) {
            return true;
        }
        if (expression.form() instanceof ArgumentForm.BooleanLiteral) {
            return parameter.type() == ArgumentType.BOOLEAN;
        }
        if (expression.form() instanceof ArgumentForm.NumberLiteral number) {
            return switch (parameter.type()) {
                case TEXT, BOOLEAN, TIMESTAMPTZ, INTERVAL -> false;
                case INTEGER -> number.type().equals("integer");
                case BIGINT -> !number.type().equals("numeric");
            };
        }
        return true;
    }
}
