package io.pgclonedb.policy;

/** The SQLSTATEs of refusals, under the condition names of PostgreSQL's documentation, Appendix A "PostgreSQL Error Codes". */
final class SqlStates {
    static final String INVALID_GRANT_OPERATION = "0LP01";
    static final String NULL_VALUE_NOT_ALLOWED = "22004";
    static final String CHARACTER_NOT_IN_REPERTOIRE = "22021";
    static final String INVALID_PARAMETER_VALUE = "22023";
    static final String INSUFFICIENT_PRIVILEGE = "42501";
    static final String INVALID_NAME = "42602";
    static final String NAME_TOO_LONG = "42622";
    static final String RESERVED_NAME = "42939";

    private SqlStates() {}
}
