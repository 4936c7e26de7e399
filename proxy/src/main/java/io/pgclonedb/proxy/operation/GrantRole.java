package io.pgclonedb.proxy.operation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * {@code grant_role}: a membership without ADMIN OPTION. From PostgreSQL 16 on it comes with the options that GRANT itself gives,
 * SET and, unless the member is NOINHERIT, INHERIT (PostgreSQL documentation, "GRANT"); a membership that lacks them gets them.
 */
final class GrantRole implements Operation.OnRoles {
    private static final String WEAKER = "SELECT NOT (pg_catalog.bool_or(m.set_option)"
            + " AND (pg_catalog.bool_or(m.inherit_option) OR NOT pg_catalog.bool_or(r.rolinherit))),"
            + " pg_catalog.bool_or(r.rolinherit) FROM pg_catalog.pg_auth_members m"
            + " JOIN pg_catalog.pg_roles r ON r.oid = m.member"
            + " WHERE m.roleid = ?::pg_catalog.int8::pg_catalog.oid AND m.member = ?::pg_catalog.int8::pg_catalog.oid";

    @Override
    public String run(OperationCall call, Connection control) throws SQLException {
        RoleMembership membership = RoleMembership.between(control, call.text("rolename"), call.text("member"));
        String role = membership.role().name();
        String member = membership.member().name();
        if (membership.grantors(control).isEmpty()) {
            Ddl.execute(control, "GRANT %I TO %I", role, member);
            return "role \"" + role + "\" granted to \"" + member + "\"";
        }
        if (RoleMembership.hasOptions(control) && strengthened(membership, control)) {
            return "role \"" + role + "\" granted to \"" + member + "\", which had been a member without its rights";
        }
        return "role \"" + member + "\" is already a member of role \"" + role + "\"";
    }

    private static boolean strengthened(RoleMembership membership, Connection control) throws SQLException {
        boolean inherits;
        try (PreparedStatement statement = control.prepareStatement(WEAKER)) {
            statement.setLong(1, membership.role().oid());
            statement.setLong(2, membership.member().oid());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    return false;
                }
                inherits = row.getBoolean(2);
            }
        }
        Ddl.execute(
                control,
                "GRANT %I TO %I WITH SET TRUE" + (inherits ? ", INHERIT TRUE" : ""),
                membership.role().name(),
                membership.member().name());
        return true;
    }
}
