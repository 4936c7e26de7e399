package io.pgclonedb.proxy.control;

import java.util.List;

/**
 * What a start of the proxy would find and do, as {@code check} reports it. Immutable.
 *
 * @param serverVersion major version
 * @param superuser whether the admin role is one
 * @param userRoleExists whether role {@code pgclonedb_user} is there
 * @param databaseExists whether the control database is there
 * @param schemaVersion the last migration it has; 0 for none, or when it could not be read
 * @param toDo what a start would create or change, one sentence each without full stop; empty when all is in place
 * @param problems why a start would be refused; empty when it would not
 */
public record ControlInspection(
        int serverVersion,
        boolean superuser,
        boolean userRoleExists,
        boolean databaseExists,
        int schemaVersion,
        List<String> toDo,
        List<String> problems) {
    public ControlInspection {
        toDo = List.copyOf(toDo);
        problems = List.copyOf(problems);
    }
}
