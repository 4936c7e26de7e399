package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * {@code revoke_role}: ends a membership, whoever granted it. From PostgreSQL 16 on each grantor's grant is one of its own, and
 * REVOKE only warns when there is none of the grantor it takes for meant.
 */
final class RevokeRole implements Operation.OnRoles {
    @Override
    public String run(OperationCall call, Connection control) throws SQLException {
        RoleMembership membership = RoleMembership.between(control, call.text("rolename"), call.text("member"));
        String role = membership.role().name();
        String member = membership.member().name();
        List<String> grantors = membership.grantors(control);
        if (grantors.isEmpty()) {
            return "role \"" + member + "\" is not a member of role \"" + role + "\"; there was nothing to revoke";
        }
        if (!RoleMembership.hasOptions(control)) {
            Ddl.execute(control, "REVOKE %I FROM %I", role, member);
        } else {
            requireNotGrantedOn(membership, control);
            for (String grantor : grantors) {
                Ddl.execute(control, "REVOKE %I FROM %I GRANTED BY %I", role, member, grantor);
            }
        }
        if (!membership.grantors(control).isEmpty()) {
            throw PgException.error(
                            SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                            "the membership of role \"" + member + "\" in role \"" + role + "\" could not be removed")
                    .withHint("Ask a superuser to look at pg_auth_members.");
        }
        return "role \"" + role + "\" revoked from \"" + member + "\"";
    }

    /** The server would refuse as well, but without a word of who is meant. */
    private static void requireNotGrantedOn(RoleMembership membership, Connection control) throws SQLException {
        List<String> members = membership.grantedOn(control);
        if (!members.isEmpty()) {
            throw PgException.error(SqlState.DEPENDENT_OBJECTS_STILL_EXIST, "dependent privileges exist")
                    .withDetail("Role \"" + membership.member().name() + "\" has granted role \""
                            + membership.role().name() + "\" to "
                            + members.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", ")) + ".")
                    .withHint("Revoke the role from these members first.");
        }
    }
}
