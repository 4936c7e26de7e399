package io.pgclonedb.proxy.metrics;

import io.pgclonedb.proxy.error.SqlState;
import java.util.Locale;

/** Why a call was refused: label {@code reason} of {@code pgclonedb_denials_total}. */
public enum DenialReason {
    /** The caller is neither an application admin nor a superuser, or no longer is. */
    NOT_AN_ADMIN,
    /** The function is switched off in this cluster. */
    DISABLED,
    /** The target belongs to nobody or to another application. */
    OUT_OF_SCOPE,
    /** The target is one that nobody may touch, or a role with privileges. */
    PROTECTED,
    /** The arguments are not ones the function takes. */
    INVALID_ARGUMENT,
    /** 42601: the call cannot be read. */
    SYNTAX_ERROR,
    /** 42883: no such function, or not with these arguments. */
    UNDEFINED_FUNCTION,
    /** 0A000: the call stands where the proxy does not serve it. */
    NOT_SUPPORTED,
    OTHER;

    /** The reason behind an error that a call got while it was parsed. */
    static DenialReason ofParsing(String sqlState) {
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
