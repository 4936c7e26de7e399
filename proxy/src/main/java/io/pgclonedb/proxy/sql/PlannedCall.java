package io.pgclonedb.proxy.sql;

import io.pgclonedb.policy.Arguments;
import io.pgclonedb.policy.Function;
import io.pgclonedb.policy.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of a {@link ServedStatement}. Immutable; shows no secret.
 *
 * @param index of the call in its statement, in the order of the text, from 0; carriers repeat it
 * @param column of the result row that holds the carrier, from 0; -1 when the text does not tell (a {@code *} stands before
 *     it) and for calls that read
 * @param position of the call in the client's text, characters from 1
 * @param hiddenParameter number of the parameter to be added at Bind, from 1, for a call that reads; 0 for one that acts
 * @param arguments by parameter name, in the order of the signature; those not given are absent
 * @param argumentTypes how PostgreSQL would name the types of the arguments in a message, in the order of the text
 */
public record PlannedCall(
        int index,
        Function function,
        int column,
        int position,
        int hiddenParameter,
        Map<String, ArgumentSource> arguments,
        ArgumentTypes argumentTypes) {
    public PlannedCall {
        arguments = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    /** Whether the call acts, so that it runs once per carrier row; otherwise it reads and runs at Bind. */
    public boolean acts() {
        return hiddenParameter == 0;
    }

    /**
     * The values to run the call with.
     *
     * @param row the carrier; null for a call that reads
     * @param parameters gives the values bound to parameters
     * @throws IllegalArgumentException when the carrier does not fit the call
     */
    public Arguments evaluate(@Nullable CarrierRow row, BoundParameters parameters) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Parameter formal : function.parameters()) {
            ArgumentSource source = arguments.get(formal.name());
            if (source != null) {
                values.put(formal.name(), value(formal, source, row, parameters));
            }
        }
        return new Arguments(function, values);
    }

    @Override
    public String toString() {
        return function.name() + arguments;
    }

    private static @Nullable Object value(
            Parameter formal, ArgumentSource source, @Nullable CarrierRow row, BoundParameters parameters) {
        if (source instanceof ArgumentSource.FromCarrier carried) {
            if (row == null) {
                throw new IllegalArgumentException("no carrier for " + formal.name());
            }
            return row.value(carried.slot(), formal.type());
        }
        if (source instanceof ArgumentSource.Secret secret) {
            return secret.value();
        }
        if (source instanceof ArgumentSource.SecretParameter secret) {
            return parameters.value(secret.number(), formal.type());
        }
        if (source instanceof ArgumentSource.BoundParameter bound) {
            return parameters.value(bound.number(), formal.type());
        }
        return ((ArgumentSource.Constant) source).value();
    }
}
