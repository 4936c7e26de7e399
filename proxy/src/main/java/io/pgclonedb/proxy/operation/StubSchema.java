package io.pgclonedb.proxy.operation;

import io.pgclonedb.policy.Function;
import io.pgclonedb.policy.FunctionCatalog;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Schema {@code pgclonedb} of one database, on a connection as {@link SchemaConnection#forDdl} makes them and in a transaction of
 * the caller's. Nothing in it is touched unless the role of the connection owns the schema and all that is in it are stubs.
 */
final class StubSchema {
    private static final int NAMED_AT_MOST = 5;

    private static final String FIND = "SELECT n.oid, pg_catalog.pg_get_userbyid(n.nspowner), current_user,"
            + " pg_catalog.pg_get_userbyid(n.nspowner) OPERATOR(pg_catalog.=) current_user"
            + " FROM pg_catalog.pg_namespace n WHERE n.nspname OPERATOR(pg_catalog.=) 'pgclonedb'::pg_catalog.name";

    /** What makes a row of pg_proc one of ours, its schema being known to be. */
    private static final String IS_STUB = "p.prokind OPERATOR(pg_catalog.=) 'f'::pg_catalog.\"char\""
            + " AND pg_catalog.pg_get_userbyid(p.proowner) OPERATOR(pg_catalog.=) current_user"
            + " AND pg_catalog.starts_with(p.prosrc, ?)";

    private static final String STUBS =
            "SELECT p.oid::pg_catalog.regprocedure::pg_catalog.text FROM pg_catalog.pg_proc p"
                    + " WHERE p.pronamespace OPERATOR(pg_catalog.=) ?::pg_catalog.oid AND " + IS_STUB;

    /** Whatever lies in a schema depends on it ("pg_depend"). */
    private static final String OTHERS = "SELECT pg_catalog.pg_describe_object(d.classid, d.objid, d.objsubid)"
            + " FROM pg_catalog.pg_depend d"
            + " WHERE d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_namespace'::pg_catalog.regclass::pg_catalog.oid"
            + " AND d.refobjid OPERATOR(pg_catalog.=) ?::pg_catalog.oid"
            + " AND NOT (d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass::pg_catalog.oid"
            + " AND EXISTS (SELECT FROM pg_catalog.pg_proc p WHERE p.oid OPERATOR(pg_catalog.=) d.objid AND " + IS_STUB
            + "))";

    private final Connection connection;
    private final String database;

    StubSchema(Connection connection, String database) {
        this.connection = connection;
        this.database = database;
    }

    /**
     * Makes the schema, or takes away the stubs that are in it.
     *
     * @return whether it was made
     * @throws PgException 42P06 when there is a schema of that name that is not the proxy's alone
     */
    boolean createOrEmpty() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(FIND)) {
            if (!found.next()) {
                Ddl.run(connection, "CREATE SCHEMA pgclonedb");
                return true;
            }
            long oid = found.getLong(1);
            if (!found.getBoolean(4)) {
                throw ownedBy(found.getString(2), found.getString(3));
            }
            requireStubsAlone(oid);
            for (String stub : names(STUBS, oid)) {
                Ddl.run(connection, "DROP FUNCTION " + stub);
            }
            return false;
        }
    }

    /** Fills the schema with one stub for each function of the catalogue, for application admins to see and nobody to change. */
    void fill(String address) throws SQLException {
        for (Function function : FunctionCatalog.functions()) {
            new StubFunction(function).create(connection, address);
        }
        Ddl.run(connection, "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA pgclonedb FROM PUBLIC");
        Ddl.run(connection, "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pgclonedb TO pgclonedb_user");
        Ddl.run(connection, "GRANT USAGE ON SCHEMA pgclonedb TO pgclonedb_user");
        Ddl.execute(
                connection,
                "COMMENT ON SCHEMA pgclonedb IS %L",
                "Signatures of the functions that the pgclonedb proxy at " + address + " answers.");
    }

    private void requireStubsAlone(long oid) throws SQLException {
        List<String> others = names(OTHERS, oid);
        if (!others.isEmpty()) {
            String more = others.size() > NAMED_AT_MOST ? " and " + (others.size() - NAMED_AT_MOST) + " more" : "";
            throw PgException.error(
                            SqlState.DUPLICATE_SCHEMA,
                            "schema \"pgclonedb\" of database \"" + database + "\" holds what is no stub")
                    .withDetail("There is "
                            + String.join(
                                    ", ",
                                    others.stream()
                                            .sorted()
                                            .limit(NAMED_AT_MOST)
                                            .toList())
                            + more + ".")
                    .withHint(
                            "Move or drop it and run the command again. Calls through the proxy do not need the stubs.");
        }
    }

    private PgException ownedBy(String owner, String role) {
        return PgException.error(
                        SqlState.DUPLICATE_SCHEMA,
                        "schema \"pgclonedb\" of database \"" + database + "\" belongs to role \"" + owner + "\"")
                .withDetail("Stubs are put into a schema of the proxy's own role \"" + role + "\" only.")
                .withHint(
                        "Rename or drop it and run the command again. Calls through the proxy do not need the stubs.");
    }

    private List<String> names(String query, long schema) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setLong(1, schema);
            statement.setString(2, StubFunction.MARK);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }
}
