package io.pgclonedb.it.oracle;

import io.pgclonedb.policy.FunctionKind;
import java.util.Map;

/**
 * The call that stands for all functions of a kind.
 *
 * @param argument its first argument, as a literal
 * @param value the same as the value of a parameter
 * @param rest what follows the argument
 */
record SampleCall(String function, String argument, String value, String rest) {
    private static final Map<FunctionKind, SampleCall> ALL = Map.of(
            FunctionKind.READS_TEXT, new SampleCall("help", "'open_database'", "open_database", ""),
            FunctionKind.READS_ROWS, new SampleCall("get_audit_log", "2", "2", ", 'drop_role'"),
            FunctionKind.ACTS, new SampleCall("open_database", "'orc_open'", "orc_open", ""));

    static SampleCall of(FunctionKind kind) {
        return ALL.get(kind);
    }

    /** The call as SQL. */
    String sql(boolean withParameter) {
        return "pgclonedb." + function + "(" + (withParameter ? "$1" : argument) + rest + ")";
    }
}
