package io.pgclonedb.proxy.operation;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** {@code reset_password}; where no expiry is given the role keeps the one it has. */
final class ResetPassword implements Operation.OnRoles {
    @Override
    public String run(OperationCall call, Connection control) throws SQLException {
        String name = Role.require(control, call.text("rolename")).name();
        String verifier = ScramVerifier.of(call.text("new_password"), control);
        @Nullable String validUntil = call.optionalText("valid_until");
        if (validUntil == null) {
            Ddl.execute(control, "ALTER ROLE %I WITH PASSWORD %L", name, verifier);
            return "password of role \"" + name + "\" set";
        }
        Ddl.execute(control, "ALTER ROLE %I WITH PASSWORD %L VALID UNTIL %L", name, verifier, validUntil);
        return "password of role \"" + name + "\" set, valid until " + validUntil;
    }
}
