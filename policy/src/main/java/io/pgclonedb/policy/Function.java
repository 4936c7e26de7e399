package io.pgclonedb.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A function of schema {@code pgclonedb}. Immutable.
 *
 * @param name without the schema
 * @param parameters in the order of the signature
 * @param columns of the rows; empty unless {@link FunctionKind#READS_ROWS}
 * @param access who is served it, and when
 * @param usage what the help text says
 */
public record Function(
        String name,
        FunctionKind kind,
        List<Parameter> parameters,
        List<ResultColumn> columns,
        Access access,
        Usage usage) {
    public Function {
        parameters = List.copyOf(parameters);
        columns = List.copyOf(columns);
    }

    /** The name with its schema, such as {@code pgclonedb.create_role}. */
    public String qualifiedName() {
        return "pgclonedb." + name;
    }

    /** The qualified name and all parameters with their types and defaults, as PostgreSQL shows a function. */
    public String signature() {
        return parameters.stream()
                .map(Parameter::declaration)
                .collect(Collectors.joining(", ", qualifiedName() + "(", ")"));
    }

    /** The parameter of exactly this name. */
    public Optional<Parameter> parameter(String parameterName) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(parameterName))
                .findFirst();
    }

    /** The place of a parameter in the signature, from 0; -1 when there is none of this name. */
    public int index(String parameterName) {
        return parameters.stream().map(Parameter::name).toList().indexOf(parameterName);
    }

    /** How many of its parameters, the first ones, a call must give. */
    public int requiredParameters() {
        return (int) parameters.stream().filter(Parameter::required).count();
    }

    /** Whether it is served on a cluster with these functions enabled; one that cannot be disabled always is. */
    public boolean isEnabled(Set<String> enabled) {
        return !canBeDisabled() || enabled.contains(name);
    }

    /** Whether a new cluster serves it. */
    public boolean enabledByDefault() {
        return access.enabledByDefault();
    }

    /** False for help, show_config and configure. */
    public boolean canBeDisabled() {
        return access.canBeDisabled();
    }

    /** Whether application admins are refused. */
    public boolean superuserOnly() {
        return access.superuserOnly();
    }

    /** One sentence for the help text. */
    public String description() {
        return usage.description();
    }

    /** A statement that works when typed as it stands by the admin of application {@code myapp}. */
    public String example() {
        return usage.example();
    }
}
