package io.pgclonedb.policy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of one call by parameter name: those that were given, NULL included. Values are {@link String}, {@link
 * Boolean}, {@link Integer} or {@link Long}; timestamps and intervals are text that PostgreSQL reads back. Immutable; shows no
 * secret.
 */
public final class Arguments {
    private static final String MASK = "***";

    private final Function function;
    private final Map<String, @Nullable Object> given;

    /**
     * Takes over what was given.
     *
     * @throws IllegalArgumentException when a name is no parameter of the function, or a value is not of the class of its type;
     *     the message does not hold the value
     */
    public Arguments(Function function, Map<String, @Nullable Object> given) {
        this.function = function;
        for (Map.Entry<String, @Nullable Object> argument : given.entrySet()) {
            Object value = argument.getValue();
            ArgumentType type = parameter(argument.getKey()).type();
            if (value != null && !type.valueClass().isInstance(value)) {
                throw new IllegalArgumentException("argument " + argument.getKey() + " of " + function.qualifiedName()
                        + " is a " + value.getClass().getSimpleName() + ", not of type " + type.sqlName());
            }
        }
        Map<String, @Nullable Object> inOrder = new LinkedHashMap<>();
        for (Parameter parameter : function.parameters()) {
            if (given.containsKey(parameter.name())) {
                inOrder.put(parameter.name(), given.get(parameter.name()));
            }
        }
        this.given = Collections.unmodifiableMap(inOrder);
    }

    /** The function that is called. */
    public Function function() {
        return function;
    }

    /** The names of the parameters that were given, in the order of the signature. */
    public Set<String> given() {
        return given.keySet();
    }

    /** The value, or null when it is NULL or was not given. */
    public @Nullable Object value(String parameter) {
        return given.get(parameter);
    }

    /** The value of a text, timestamp or interval; null when it is NULL or was not given. */
    public @Nullable String text(String parameter) {
        return (String) effective(parameter, String.class);
    }

    /**
     * The value of a boolean, its default when it was not given.
     *
     * @throws IllegalStateException when it is NULL, which the policy refuses
     */
    public boolean flag(String parameter) {
        Object value = effective(parameter, Boolean.class);
        if (value == null) {
            throw new IllegalStateException("argument " + parameter + " is null");
        }
        return (Boolean) value;
    }

    /** The value of a bigint, its default when it was not given; null when that is NULL. */
    public @Nullable Long bigint(String parameter) {
        return (Long) effective(parameter, Long.class);
    }

    /** The value of an integer, its default when it was not given; null when that is NULL. */
    public @Nullable Integer integer(String parameter) {
        return (Integer) effective(parameter, Integer.class);
    }

    /** What was given, in the order of the signature, secrets as {@code ***}; NULL stays null. For the audit. */
    public Map<String, @Nullable Object> masked() {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        given.forEach((name, value) ->
                shown.put(name, value != null && parameter(name).secret() ? MASK : value));
        return Collections.unmodifiableMap(shown);
    }

    /**
     * What the call is about, as the audit names it: the database, {@code database.schema} or the role; null for a function
     * that has none, or where the name is NULL.
     */
    public @Nullable String target() {
        if (function.index("dbname") >= 0) {
            String database = text("dbname");
            String schema = function.index("schema_name") >= 0 ? text("schema_name") : null;
            return database == null || schema == null ? database : database + "." + schema;
        }
        return function.index("rolename") >= 0 ? text("rolename") : null;
    }

    @Override
    public String toString() {
        return function.name() + given.keySet();
    }

    private @Nullable Object effective(String name, Class<?> wanted) {
        Parameter parameter = parameter(name);
        if (parameter.type().valueClass() != wanted) {
            throw new IllegalArgumentException("parameter " + name + " of " + function.qualifiedName() + " is of type "
                    + parameter.type().sqlName());
        }
        return given.containsKey(name) ? given.get(name) : parameter.defaultValue();
    }

    private Parameter parameter(String name) {
        return function.parameter(name)
                .orElseThrow(() ->
                        new IllegalArgumentException(function.qualifiedName() + " has no parameter of that name"));
    }
}
