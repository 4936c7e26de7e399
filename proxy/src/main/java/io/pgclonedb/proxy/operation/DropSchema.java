package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.admin.ServerErrors;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * {@code drop_schema}. Who may drop the database may drop what is in it, so the owner of the schema does not matter; what else
 * falls with it the server says in a NOTICE, which the caller gets.
 */
final class DropSchema implements Operation.Staged {
    private final DatabaseLogin login;

    DropSchema(DatabaseLogin login) {
        this.login = login;
    }

    @Override
    public Stage prepare(OperationCall call, Connection admin) throws SQLException {
        String schema = call.text("schema_name");
        return SchemaStage.prepare(
                call,
                admin,
                login,
                exists -> {
                    if (!exists) {
                        throw PgException.error(
                                        SqlState.INVALID_SCHEMA_NAME, "schema \"" + schema + "\" does not exist")
                                .withDetail("It was looked for in database \"" + call.text("dbname") + "\".")
                                .withHint("Names are compared byte for byte: look at upper and lower case.");
                    }
                },
                target -> {
                    drop(target, schema, call);
                    return "schema \"" + schema + "\" dropped from database \"" + call.text("dbname") + "\"";
                });
    }

    private static void drop(Connection target, String schema, OperationCall call) throws SQLException {
        boolean cascade = call.arguments().flag("cascade");
        String command = Ddl.format(target, cascade ? "DROP SCHEMA %I CASCADE" : "DROP SCHEMA %I RESTRICT", schema);
        try {
            ServerNotices.run(target, command, call.notices());
        } catch (SQLException failure) {
            PgException error = ServerErrors.pgException(failure);
            // Without DETAIL it is an extension that needs the schema, and the server's own HINT names it.
            if (!cascade
                    && SqlState.DEPENDENT_OBJECTS_STILL_EXIST.code().equals(error.sqlState())
                    && error.detail() != null) {
                throw error.withHint("Repeat the call with cascade := true to drop these objects too.");
            }
            throw failure;
        }
    }
}
