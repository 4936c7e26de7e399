package io.pgclonedb.policy;

import java.util.List;

/**
 * A function of schema {@code pgclonedb}.
 *
 * @param name without the schema
 * @param columns of the rows; empty unless {@link FunctionKind#READS_ROWS}
 * @param enabledByDefault whether a new cluster serves it
 * @param canBeDisabled false for help, show_config and configure
 * @param superuserOnly whether application admins are refused
 * @param description one sentence for the help text
 * @param example a call that works when typed as it stands
 */
public record Function(
        String name,
        FunctionKind kind,
        List<Parameter> parameters,
        List<ResultColumn> columns,
        boolean enabledByDefault,
        boolean canBeDisabled,
        boolean superuserOnly,
        String description,
        String example) {
    public Function {
        parameters = List.copyOf(parameters);
        columns = List.copyOf(columns);
    }
}
