package io.pgclonedb.proxy.operation;

import io.pgclonedb.policy.FunctionCatalog;
import io.pgclonedb.proxy.admin.AdminConnections;
import io.pgclonedb.proxy.admin.ServerErrors;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Puts the signatures of all functions into a database, in a schema {@code pgclonedb} of the admin role's, for psql and other
 * clients to show. The proxy answers calls with or without them. The control database and role {@code pgclonedb_user} must
 * exist. Blocks.
 */
public final class StubInstallation {
    private static final String NEVER_CHANGED = "template0";

    private final AdminConnections connections;
    private final String controlDatabase;

    public StubInstallation(AdminConnections connections, String controlDatabase) {
        this.connections = connections;
        this.controlDatabase = controlDatabase;
    }

    /**
     * What was done.
     *
     * @param created whether the schema is new; else the stubs in it were replaced
     * @param functions how many stubs there are now
     */
    public record Result(boolean created, int functions) {}

    /**
     * Installs the stubs, or replaces those that an earlier run has installed: all of them or, when it fails, none.
     *
     * @param address where the proxy can be reached, host and port, for whoever calls a stub
     * @throws PgException 3D000 or 55000 when the database is missing, closed, invalid or one that is left alone; 42P06 when its
     *     schema of that name is somebody else's; else the server's own error, or 55000 when it cannot be reached
     */
    public Result install(String database, String address) {
        requireOrdinary(database);
        try (Connection control = connections.connect(controlDatabase)) {
            NameLock.forSession(control, database);
            requireOpen(Database.require(control, database).requireUsable());
            try (SchemaConnection target = SchemaConnection.forDdl(connections::connect, database)) {
                Connection connection = target.connection();
                connection.setAutoCommit(false);
                StubSchema schema = new StubSchema(connection, database);
                boolean created = schema.createOrEmpty();
                schema.fill(address);
                connection.commit();
                return new Result(created, FunctionCatalog.functions().size());
            }
        } catch (SQLException failure) {
            throw ServerErrors.pgException(failure);
        }
    }

    private void requireOrdinary(String database) {
        if (database.equals(controlDatabase)) {
            throw PgException.error(
                            SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                            "database \"" + database + "\" is the control database")
                    .withDetail("Nobody but the proxy enters it, so nobody would see the stubs.")
                    .withHint("Name a database that people connect to.");
        }
        if (database.equals(NEVER_CHANGED)) {
            throw PgException.error(
                            SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                            "database \"" + database + "\" is PostgreSQL's own and left as it is")
                    .withHint("Name template1 if every database created from it later is to have the stubs.");
        }
    }

    private static void requireOpen(Database database) {
        if (!database.allowConnections()) {
            throw PgException.error(
                            SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "database \"" + database.name() + "\" is closed")
                    .withDetail("Stubs can be installed only while the database accepts connections.")
                    .withHint("Open it first with SELECT pgclonedb.open_database(" + Quoted.literal(database.name())
                            + "), and close it afterwards; its clones will have the stubs.");
        }
    }
}
