package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A short stay of the admin role in a database whose owner may be hostile. What runs here runs as a superuser, so it names
 * everything with its schema, operators too, and evaluates nothing that somebody else wrote.
 */
final class SchemaConnection implements AutoCloseable {
    private static final int MAX_BYTES = 63;
    private static final int EVENT_TRIGGERS_CAN_BE_OFF = 17;

    private static final String EXISTS =
            "SELECT FROM pg_catalog.pg_namespace n" + " WHERE n.nspname OPERATOR(pg_catalog.=) ?::pg_catalog.name";

    private static final String BYTES = "SELECT pg_catalog.octet_length(?::pg_catalog.text)";

    private static final String EVENT_TRIGGERS = "SELECT t.evtname FROM pg_catalog.pg_event_trigger t"
            + " WHERE t.evtenabled OPERATOR(pg_catalog.=) ANY ('{A,R}'::pg_catalog.\"char\"[])"
            + " AND t.evtevent OPERATOR(pg_catalog.=)"
            + " ANY ('{ddl_command_start,ddl_command_end,sql_drop}'::pg_catalog.name[])";

    private final Connection connection;

    private SchemaConnection(Connection connection) {
        this.connection = connection;
    }

    /** To look, for the caller to close. */
    static SchemaConnection open(DatabaseLogin login, String database) {
        return new SchemaConnection(login.connect(database));
    }

    /**
     * To change something, for the caller to close. The functions of event triggers would run as superuser, and not all of
     * them need be a superuser's work: from PostgreSQL 17 on the connection comes with all of them off; before, they are off
     * for a session in the replica role, but for those marked to fire there, with which nothing is done.
     *
     * @throws PgException 55000 when there are such triggers
     */
    static SchemaConnection forDdl(DatabaseLogin login, String database) throws SQLException {
        SchemaConnection target = open(login, database);
        try {
            if (target.connection.getMetaData().getDatabaseMajorVersion() < EVENT_TRIGGERS_CAN_BE_OFF) {
                Ddl.run(target.connection, "SET session_replication_role = replica");
                target.requireNoEventTriggers(database);
            }
            return target;
        } catch (SQLException | RuntimeException failure) {
            target.close();
            throw failure;
        }
    }

    private void requireNoEventTriggers(String database) throws SQLException {
        List<String> triggers = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(EVENT_TRIGGERS)) {
            while (row.next()) {
                triggers.add(row.getString(1));
            }
        }
        if (!triggers.isEmpty()) {
            throw PgException.error(
                            SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                            "database \"" + database + "\" has event triggers that cannot be kept from firing")
                    .withDetail("Their functions would run as superuser: "
                            + triggers.stream()
                                    .sorted()
                                    .map(name -> '"' + name + '"')
                                    .collect(Collectors.joining(", "))
                            + ".")
                    .withHint("Ask a superuser to disable them, or to set them to ENABLE without ALWAYS or REPLICA.");
        }
    }

    /** Whether a schema of that name exists. */
    boolean exists(String schema) throws SQLException {
        requireFits(schema);
        try (PreparedStatement statement = connection.prepareStatement(EXISTS)) {
            statement.setString(1, schema);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /** In the encoding of this database a name can be longer than in UTF-8; the server would cut it off. */
    private void requireFits(String schema) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BYTES)) {
            statement.setString(1, schema);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (row.getInt(1) > MAX_BYTES) {
                    throw PgException.error(SqlState.NAME_TOO_LONG, "identifier too long")
                            .withDetail("In the encoding of the database the name of the schema is " + row.getInt(1)
                                    + " bytes long; a name has at most " + MAX_BYTES + ".")
                            .withHint("Give a shorter name; it is not truncated.");
                }
            }
        }
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
