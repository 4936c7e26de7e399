package io.pgclonedb.policy;

/** The SQL types of parameters. */
public enum ArgumentType {
    TEXT("text"),
    BOOLEAN("boolean"),
    INTEGER("integer"),
    BIGINT("bigint"),
    TIMESTAMPTZ("timestamp with time zone"),
    INTERVAL("interval");

    private final String sqlName;

    ArgumentType(String sqlName) {
        this.sqlName = sqlName;
    }

    /** The name as PostgreSQL shows it in messages. */
    public String sqlName() {
        return sqlName;
    }
}
