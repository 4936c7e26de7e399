package io.pgclonedb.proxy.operation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * That one role is a direct member of another, which several roles may have granted, each for itself (PostgreSQL
 * documentation, "pg_auth_members").
 *
 * @param role what was granted
 * @param member to whom
 */
record RoleMembership(Role role, Role member) {
    private static final String GRANTORS = "SELECT r.rolname FROM pg_catalog.pg_auth_members m"
            + " LEFT JOIN pg_catalog.pg_roles r ON r.oid = m.grantor"
            + " WHERE m.roleid = ?::pg_catalog.int8::pg_catalog.oid AND m.member = ?::pg_catalog.int8::pg_catalog.oid"
            + " ORDER BY m.grantor";
    private static final String GRANTED_ON = "SELECT DISTINCT r.rolname FROM pg_catalog.pg_auth_members m"
            + " JOIN pg_catalog.pg_roles r ON r.oid = m.member"
            + " WHERE m.roleid = ?::pg_catalog.int8::pg_catalog.oid AND m.grantor = ?::pg_catalog.int8::pg_catalog.oid"
            + " ORDER BY 1";

    private static final int OPTIONS_SINCE = 16;

    /** Whether a membership of this server has options, and one row for each grantor. */
    static boolean hasOptions(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion() >= OPTIONS_SINCE;
    }

    /** Of the roles of these names, both of which must exist: 42704. */
    static RoleMembership between(Connection connection, String role, String member) throws SQLException {
        return new RoleMembership(Role.require(connection, role), Role.require(connection, member));
    }

    /**
     * The names of the roles that granted it; empty when there is no such membership. A grantor that has been dropped
     * meanwhile, which PostgreSQL 14 and 15 let happen, is the empty name.
     */
    List<String> grantors(Connection connection) throws SQLException {
        return names(connection, GRANTORS);
    }

    /** The names of the roles to which the member in turn has granted the role. */
    List<String> grantedOn(Connection connection) throws SQLException {
        return names(connection, GRANTED_ON);
    }

    private List<String> names(Connection connection, String query) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setLong(1, role.oid());
            statement.setLong(2, member.oid());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String name = row.getString(1);
                    names.add(name == null ? "" : name);
                }
            }
        }
        return names;
    }
}
