package io.pgclonedb.proxy.operation;

/** Values as a person would type them into a statement, for hints alone: nothing quoted here is ever executed. */
final class Quoted {
    private Quoted() {}

    static String literal(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
