package io.pgclonedb.proxy.operation;

import io.pgclonedb.policy.Arguments;
import io.pgclonedb.policy.Caller;
import io.pgclonedb.policy.ClusterFacts;
import io.pgclonedb.policy.DatabaseOwner;
import io.pgclonedb.policy.Membership;
import io.pgclonedb.policy.Policy;
import io.pgclonedb.policy.RoleAttribute;
import io.pgclonedb.policy.RoleFacts;
import io.pgclonedb.policy.RoleGraph;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads who calls and what the policy has to know of the cluster, anew for every call. All queries of one call see the same
 * snapshot of the catalogs. Thread-safe.
 */
final class ClusterFactsReader {
    /**
     * {@code usesysid} is the role that logged in; SET ROLE and SET SESSION AUTHORIZATION do not change it. It is an OID, so a
     * role that was dropped and made anew is not found.
     */
    private static final String SESSION = "SELECT a.usesysid FROM pg_catalog.pg_stat_activity a"
            + " WHERE a.pid = ? AND a.backend_type = 'client backend' AND a.usesysid IS NOT NULL";

    private static final String CALLER = "WITH RECURSIVE reached (oid) AS (SELECT ?::oid UNION SELECT m.roleid"
            + " FROM pg_catalog.pg_auth_members m JOIN reached ON m.member = reached.oid)"
            + " SELECT r.oid, r.rolname, r.rolsuper, r.rolcanlogin,"
            + " COALESCE(r.rolvaliduntil > pg_catalog.clock_timestamp(), true),"
            + " EXISTS (SELECT FROM reached JOIN pg_catalog.pg_roles g ON g.oid = reached.oid"
            + " WHERE g.rolname = 'pgclonedb_user')"
            + " FROM pg_catalog.pg_roles r WHERE r.oid = ?::oid";

    private static final String ADMINS = "WITH RECURSIVE members (oid) AS (SELECT g.oid FROM pg_catalog.pg_roles g"
            + " WHERE g.rolname = 'pgclonedb_user' UNION SELECT m.member FROM pg_catalog.pg_auth_members m"
            + " JOIN members ON m.roleid = members.oid)"
            + " SELECT r.rolname FROM pg_catalog.pg_roles r JOIN members ON members.oid = r.oid";

    private static final String ROLES = "SELECT r.oid, r.rolname, r.rolsuper, r.rolcreaterole, r.rolcreatedb,"
            + " r.rolreplication, r.rolbypassrls FROM pg_catalog.pg_roles r";

    private static final Map<String, RoleAttribute> ATTRIBUTES = Map.of(
            "rolsuper", RoleAttribute.SUPERUSER,
            "rolcreaterole", RoleAttribute.CREATEROLE,
            "rolcreatedb", RoleAttribute.CREATEDB,
            "rolreplication", RoleAttribute.REPLICATION,
            "rolbypassrls", RoleAttribute.BYPASSRLS);

    private static final String MEMBERSHIPS = "SELECT m.member, m.roleid FROM pg_catalog.pg_auth_members m";

    private static final String OWNERS = "SELECT d.datname, d.datdba FROM pg_catalog.pg_database d";

    private final String controlDatabase;

    ClusterFactsReader(String controlDatabase) {
        this.controlDatabase = controlDatabase;
    }

    /** In a transaction of its own; {@code connection} must be in autocommit mode and is so again afterwards. */
    CallerFacts read(Connection connection, int backendPid, Arguments call) throws SQLException {
        connection.setAutoCommit(false);
        try {
            Ddl.run(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
            return readWithin(connection, backendPid, call);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /**
     * In a transaction that has begun. For one look at everything it must be REPEATABLE READ; or READ COMMITTED with locks that
     * keep roles and memberships as they are.
     */
    CallerFacts readWithin(Connection connection, int backendPid, Arguments call) throws SQLException {
        long role = sessionRole(connection, backendPid);
        Optional<Caller> caller = role == 0 ? Optional.empty() : caller(connection, role);
        ClusterFacts cluster =
                new ClusterFacts(proxyRole(connection), controlDatabase, Set.copyOf(names(connection, ADMINS)));
        return new CallerFacts(role, caller, Policy.needsRoles(call) ? cluster.withRoles(roles(connection)) : cluster);
    }

    private static long sessionRole(Connection connection, int backendPid) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SESSION)) {
            statement.setInt(1, backendPid);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private static Optional<Caller> caller(Connection connection, long role) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CALLER)) {
            statement.setLong(1, role);
            statement.setLong(2, role);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                return Optional.of(new Caller(
                        row.getLong(1),
                        row.getString(2),
                        row.getBoolean(3),
                        row.getBoolean(4),
                        row.getBoolean(5),
                        row.getBoolean(6)));
            }
        }
    }

    private static String proxyRole(Connection connection) throws SQLException {
        return names(connection, "SELECT session_user").get(0);
    }

    private static List<String> names(Connection connection, String query) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    private static RoleGraph roles(Connection connection) throws SQLException {
        List<RoleFacts> roles = new ArrayList<>();
        List<Membership> memberships = new ArrayList<>();
        List<DatabaseOwner> owners = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery(ROLES)) {
                while (row.next()) {
                    roles.add(new RoleFacts(row.getLong(1), row.getString(2), attributes(row)));
                }
            }
            try (ResultSet row = statement.executeQuery(MEMBERSHIPS)) {
                while (row.next()) {
                    memberships.add(new Membership(row.getLong(1), row.getLong(2)));
                }
            }
            try (ResultSet row = statement.executeQuery(OWNERS)) {
                while (row.next()) {
                    owners.add(new DatabaseOwner(row.getString(1), row.getLong(2)));
                }
            }
        }
        return new RoleGraph(roles, memberships, owners);
    }

    private static Set<RoleAttribute> attributes(ResultSet row) throws SQLException {
        Set<RoleAttribute> attributes = EnumSet.noneOf(RoleAttribute.class);
        for (Map.Entry<String, RoleAttribute> column : ATTRIBUTES.entrySet()) {
            if (row.getBoolean(column.getKey())) {
                attributes.add(column.getValue());
            }
        }
        return attributes;
    }
}
