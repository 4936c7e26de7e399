package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.admin.ServerErrors;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.SQLException;

/** {@code drop_role}: a role that nothing depends on; the server says what does, of other databases how many objects. */
final class DropRole implements Operation.OnRoles {
    @Override
    public String run(OperationCall call, Connection control) throws SQLException {
        String name = Role.require(control, call.text("rolename")).name();
        try {
            Ddl.execute(control, "DROP ROLE %I", name);
        } catch (SQLException failure) {
            if (SqlState.DEPENDENT_OBJECTS_STILL_EXIST.code().equals(failure.getSQLState())) {
                throw ServerErrors.pgException(failure)
                        .withHint(
                                "Give what the role owns to another one and take its privileges back (REASSIGN OWNED and"
                                        + " DROP OWNED in each of the databases), then repeat the call.");
            }
            throw failure;
        }
        return "role \"" + name + "\" dropped";
    }
}
