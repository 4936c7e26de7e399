package io.pgclonedb.proxy.sql;

import io.pgclonedb.policy.ArgumentType;
import io.pgclonedb.policy.Parameter;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides for each argument where its value will come from, and refuses what could show a secret to the server. */
final class ArgumentSources {
    /** Type OIDs a secret parameter may be declared as: undeclared, name, text, unknown, character, varchar. */
    private static final Set<Integer> TEXTS = Set.of(0, 19, 25, 705, 1042, 1043);

    private final Tokens tokens;
    private final PlanOptions options;
    private final Parameters parameters;

    ArgumentSources(Tokens tokens, PlanOptions options, Parameters parameters) {
        this.tokens = tokens;
        this.options = options;
        this.parameters = parameters;
    }

    /**
     * The sources of a call's arguments by parameter, in the order of the signature.
     *
     * @throws PgException 0A000 for expressions where a plain value is needed
     */
    Map<String, ArgumentSource> of(MatchedCall call) {
        Map<String, ArgumentSource> found = new HashMap<>();
        int slot = 0;
        for (MatchedCall.Argument argument : call.arguments()) {
            found.put(
                    argument.parameter().name(), call.acts() ? acting(call, argument, slot) : reading(call, argument));
            slot++;
        }
        Map<String, ArgumentSource> ordered = new LinkedHashMap<>();
        for (Parameter parameter : call.function().parameters()) {
            ArgumentSource source = found.get(parameter.name());
            if (source != null) {
                ordered.put(parameter.name(), source);
            }
        }
        return ordered;
    }

    /** A slot of the carrier for every argument, in the order of the text; that of a secret stays empty. */
    private ArgumentSource acting(MatchedCall call, MatchedCall.Argument argument, int slot) {
        ArgumentExpression expression = argument.expression();
        if (!argument.parameter().secret() || expression.form() instanceof ArgumentForm.NullLiteral) {
            return new ArgumentSource.FromCarrier(slot);
        }
        if (expression.castsKeepText()) {
            if (expression.form() instanceof ArgumentForm.StringLiteral literal && literal.value() != null) {
                return new ArgumentSource.Secret(literal.value());
            }
            if (expression.form() instanceof ArgumentForm.ParameterReference parameter
                    && parameters.usedOnce(parameter.number())
                    && TEXTS.contains(options.declaredType(parameter.number()))) {
                return new ArgumentSource.SecretParameter(parameter.number());
            }
        }
        throw at(
                argument,
                PgException.error(
                                SqlState.FEATURE_NOT_SUPPORTED,
                                "argument \"" + argument.parameter().name() + "\" of function "
                                        + call.function().qualifiedName() + " must be a literal or a parameter")
                        .withHint(
                                "Pass it as a plain string or as a text parameter that is used nowhere else: the value"
                                        + " of any other expression would be seen by the server."));
    }

    private ArgumentSource reading(MatchedCall call, MatchedCall.Argument argument) {
        ArgumentExpression expression = argument.expression();
        ArgumentForm form = expression.form();
        if (form instanceof ArgumentForm.ParameterReference parameter) {
            return new ArgumentSource.BoundParameter(parameter.number());
        }
        if (castsKeepType(argument.parameter(), expression)) {
            if (form instanceof ArgumentForm.NullLiteral) {
                return new ArgumentSource.Constant(null);
            }
            if (form instanceof ArgumentForm.StringLiteral literal && literal.value() != null) {
                return new ArgumentSource.Constant(constant(argument, literal.value()));
            }
            if (form instanceof ArgumentForm.BooleanLiteral literal) {
                return new ArgumentSource.Constant(literal.value());
            }
            if (form instanceof ArgumentForm.NumberLiteral number && number.integer() != null) {
                return new ArgumentSource.Constant(constant(argument, number.text()));
            }
        }
        throw at(
                argument,
                PgException.error(
                                SqlState.FEATURE_NOT_SUPPORTED,
                                "argument \"" + argument.parameter().name() + "\" of function "
                                        + call.function().qualifiedName() + " must be a literal or a parameter")
                        .withHint("Pass a plain literal or a parameter instead of an expression."));
    }

    private static boolean castsKeepType(Parameter parameter, ArgumentExpression expression) {
        Set<String> same = switch (parameter.type()) {
            case TEXT -> Set.of("text", "varchar");
            case BOOLEAN -> Set.of("bool", "boolean");
            case INTEGER -> Set.of("int", "int4", "integer");
            case BIGINT -> Set.of("int8", "bigint");
            case TIMESTAMPTZ -> Set.of("timestamptz");
            case INTERVAL -> Set.of("interval");
        };
        return same.containsAll(expression.casts());
    }

    /** The value of a literal, by the input rules of its type. */
    private @Nullable Object constant(MatchedCall.Argument argument, String literal) {
        ArgumentType type = argument.parameter().type();
        try {
            return ArgumentText.read(type, literal);
        } catch (PgException invalid) {
            throw at(argument, invalid);
        }
    }

    private PgException at(MatchedCall.Argument argument, PgException error) {
        return tokens.error(error, argument.actual().expression().from());
    }
}
