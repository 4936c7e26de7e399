package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Gives a clone the privileges that roles hold on its template, which CREATE DATABASE does not copy: a new database can be
 * entered by everybody.
 *
 * <p>The clone must still belong to the template's owner. Grants are made as the roles that made them on the template, so that
 * what a REVOKE … CASCADE would take along stays the same; when the clone then gets another owner, the server itself puts that
 * one in the old owner's place.
 */
final class CloneGrants {
    private static final String HAS_OWN =
            "SELECT d.datacl IS NOT NULL FROM pg_catalog.pg_database d" + " WHERE d.oid = ?::oid";
    private static final String GRANTS = "SELECT pg_catalog.pg_get_userbyid(a.grantor),"
            + " CASE WHEN a.grantee = 0 THEN ''"
            + " ELSE pg_catalog.pg_get_userbyid(a.grantee) END, a.privilege_type, a.is_grantable"
            + " FROM pg_catalog.pg_database d, LATERAL pg_catalog.aclexplode(d.datacl) a"
            + " WHERE d.datname = ?::name";

    private CloneGrants() {}

    /** Runs in the transaction of {@code connection}, which must be a superuser's. */
    static void copy(Connection connection, Database template, String clone) throws SQLException {
        if (!hasOwnGrants(connection, template)) {
            return;
        }
        List<Grant> wanted = read(connection, template.name());
        Ddl.execute(connection, "REVOKE ALL ON DATABASE %I FROM PUBLIC", clone);
        Ddl.execute(connection, "REVOKE ALL ON DATABASE %I FROM %I", clone, template.owner());
        grant(connection, template.owner(), clone, wanted);
        if (!held(wanted).equals(held(read(connection, clone)))) {
            throw PgException.error(
                            SqlState.INTERNAL_ERROR,
                            "could not copy the privileges on database \"" + template.name() + "\"")
                    .withHint("Look at them with \\l in psql, set them anew and repeat the call.");
        }
    }

    private static boolean hasOwnGrants(Connection connection, Database template) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(HAS_OWN)) {
            statement.setLong(1, template.oid());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw PgException.error(
                            SqlState.INVALID_CATALOG_NAME,
                            "database \"" + template.name() + "\" was dropped while it was being cloned");
                }
                return row.getBoolean(1);
            }
        }
    }

    private static List<Grant> read(Connection connection, String database) throws SQLException {
        List<Grant> grants = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(GRANTS)) {
            statement.setString(1, database);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    grants.add(new Grant(row.getString(1), row.getString(2), row.getString(3), row.getBoolean(4)));
                }
            }
        }
        return grants;
    }

    /** Whoever passes a privilege on must have got it first, so each round makes the grants that have become possible. */
    private static void grant(Connection connection, String owner, String clone, List<Grant> wanted)
            throws SQLException {
        List<Grant> open = new ArrayList<>(wanted);
        Set<Held> mayGrant = new HashSet<>();
        while (!open.isEmpty()) {
            int before = open.size();
            for (Iterator<Grant> grants = open.iterator(); grants.hasNext(); ) {
                Grant grant = grants.next();
                boolean byOwner = grant.grantor.equals(owner);
                if (byOwner || mayGrant.contains(new Held(grant.grantor, grant.privilege, true))) {
                    grant.make(connection, clone, byOwner);
                    mayGrant.add(grant.held());
                    grants.remove();
                }
            }
            if (open.size() == before) {
                return;
            }
        }
    }

    private static Set<Held> held(List<Grant> grants) {
        Set<Held> held = new HashSet<>();
        grants.forEach(grant -> held.add(grant.held()));
        return held;
    }

    /** What a role may do, whoever allowed it. */
    private record Held(String grantee, String privilege, boolean grantable) {}

    /** {@code grantee} is empty for PUBLIC; {@code privilege} is a keyword from {@code aclexplode}. */
    private record Grant(String grantor, String grantee, String privilege, boolean grantable) {
        Held held() {
            return new Held(grantee, privilege, grantable);
        }

        void make(Connection connection, String clone, boolean byOwner) throws SQLException {
            // What a superuser grants counts as granted by the owner.
            if (!byOwner) {
                Ddl.execute(connection, "SET LOCAL ROLE %I", grantor);
            }
            String grant = "GRANT %s ON DATABASE %I TO " + (grantee.isEmpty() ? "PUBLIC" : "%I");
            String option = grantable ? " WITH GRANT OPTION" : "";
            if (grantee.isEmpty()) {
                Ddl.execute(connection, grant + option, privilege, clone);
            } else {
                Ddl.execute(connection, grant + option, privilege, clone, grantee);
            }
            if (!byOwner) {
                Ddl.run(connection, "SET LOCAL ROLE NONE");
            }
        }
    }
}
