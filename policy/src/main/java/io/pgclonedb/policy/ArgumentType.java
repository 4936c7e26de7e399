package io.pgclonedb.policy;

/** The SQL types of parameters. */
public enum ArgumentType {
    TEXT("text", String.class),
    BOOLEAN("boolean", Boolean.class),
    INTEGER("integer", Integer.class),
    BIGINT("bigint", Long.class),
    /** Its values are text that PostgreSQL reads back. */
    TIMESTAMPTZ("timestamp with time zone", String.class),
    /** Its values are text that PostgreSQL reads back. */
    INTERVAL("interval", String.class);

    private final String sqlName;
    private final Class<?> valueClass;

    ArgumentType(String sqlName, Class<?> valueClass) {
        this.sqlName = sqlName;
        this.valueClass = valueClass;
    }

    /** The name as PostgreSQL shows it in messages. */
    public String sqlName() {
        return sqlName;
    }

    /** The class of the values that {@link Arguments} holds for it. */
    public Class<?> valueClass() {
        return valueClass;
    }
}
