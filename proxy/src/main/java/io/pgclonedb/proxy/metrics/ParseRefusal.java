package io.pgclonedb.proxy.metrics;

import io.pgclonedb.proxy.error.SqlState;
import java.util.Locale;

/** Why a call was refused before it could run: values of label {@code reason} beside those of the policy. */
enum ParseRefusal {
    /** 42601: the call cannot be read. */
    SYNTAX_ERROR,
    /** 42883: no such function, or not with these arguments. */
    UNDEFINED_FUNCTION,
    /** 0A000: the call stands where the proxy does not serve it. */
    NOT_SUPPORTED,
    OTHER;

    static ParseRefusal of(String sqlState) {
        if (sqlState.equals(SqlState.SYNTAX_ERROR.code())) {
            return SYNTAX_ERROR;
        }
        if (sqlState.equals(SqlState.UNDEFINED_FUNCTION.code())) {
            return UNDEFINED_FUNCTION;
        }
        return sqlState.equals(SqlState.FEATURE_NOT_SUPPORTED.code()) ? NOT_SUPPORTED : OTHER;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
