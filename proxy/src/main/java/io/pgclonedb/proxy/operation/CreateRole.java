package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code create_role}: a role with no privileges but, where asked for, that of logging in. */
final class CreateRole implements Operation.OnRoles {
    @Override
    public String run(OperationCall call, Connection control) throws SQLException {
        String name = call.text("rolename");
        if (Role.find(control, name).isPresent()) {
            throw PgException.error(SqlState.DUPLICATE_OBJECT, "role \"" + name + "\" already exists")
                    .withHint("Roles belong to the whole cluster: choose another name.");
        }
        boolean login = call.arguments().flag("login");
        StringBuilder command = new StringBuilder(
                "CREATE ROLE %I WITH NOSUPERUSER NOCREATEDB NOCREATEROLE" + " NOREPLICATION NOBYPASSRLS INHERIT ");
        List<String> values = new ArrayList<>(List.of(name));
        command.append(login ? "LOGIN" : "NOLOGIN");
        int limit = Objects.requireNonNull(call.arguments().integer("conn_limit"));
        command.append(" CONNECTION LIMIT ").append(limit);
        @Nullable String password = call.optionalText("password");
        if (password != null) {
            command.append(" PASSWORD %L");
            values.add(ScramVerifier.of(password, control));
        }
        @Nullable String validUntil = call.optionalText("valid_until");
        if (validUntil != null) {
            command.append(" VALID UNTIL %L");
            values.add(validUntil);
        }
        Ddl.execute(control, command.toString(), values.toArray(String[]::new));
        return "role \"" + name + "\" created"
                + (login ? "" : ", not allowed to log in")
                + (login && password == null ? ", without a password" : "");
    }
}
