package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** {@code create_schema}; it belongs to the caller unless another owner is given. */
final class CreateSchema implements Operation.Staged {
    private final DatabaseLogin login;

    CreateSchema(DatabaseLogin login) {
        this.login = login;
    }

    @Override
    public Stage prepare(OperationCall call, Connection admin) throws SQLException {
        String schema = call.text("schema_name");
        @Nullable String given = call.optionalText("owner");
        String owner = given == null ? call.caller().name() : given;
        return SchemaStage.prepare(
                call,
                admin,
                login,
                exists -> {
                    if (exists) {
                        throw PgException.error(SqlState.DUPLICATE_SCHEMA, "schema \"" + schema + "\" already exists")
                                .withHint("Choose another name, or drop it first with SELECT pgclonedb.drop_schema("
                                        + Quoted.literal(call.text("dbname")) + ", " + Quoted.literal(schema) + ").");
                    }
                    Role.require(admin, owner);
                },
                target -> {
                    Ddl.execute(target, "CREATE SCHEMA %I AUTHORIZATION %I", schema, owner);
                    return "schema \"" + schema + "\" created in database \"" + call.text("dbname") + "\", owned by \""
                            + owner + "\"";
                });
    }
}
