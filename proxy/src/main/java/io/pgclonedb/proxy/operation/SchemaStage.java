package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.control.RunningOperation;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.SQLException;

/** The one statement that changes a schema, on a connection to its database that lives for this call. */
final class SchemaStage implements Operation.Stage {
    /** Runs the statement and says how it went. */
    @FunctionalInterface
    interface Work {
        String run(Connection connection) throws SQLException;
    }

    /** Looks whether the work can be done, knowing whether the schema is there. */
    @FunctionalInterface
    interface Look {
        void at(boolean exists) throws SQLException;
    }

    private final SchemaConnection target;
    private final Work work;

    private SchemaStage(SchemaConnection target, Work work) {
        this.target = target;
        this.work = work;
    }

    /**
     * Enters the database of the call, which must exist and be open, and looks at the schema. Other calls on the same database
     * wait until {@code admin} is closed.
     */
    static SchemaStage prepare(OperationCall call, Connection admin, DatabaseLogin login, Look look, Work work)
            throws SQLException {
        String name = call.text("dbname");
        NameLock.forSession(admin, name);
        Database database = Database.require(admin, name).requireUsable();
        if (!database.allowConnections()) {
            throw PgException.error(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "database \"" + name + "\" is closed")
                    .withDetail("Schemas can be changed only while the database accepts connections.")
                    .withHint("Open it first with SELECT pgclonedb.open_database(" + Quoted.literal(name) + ").");
        }
        SchemaConnection target = SchemaConnection.forDdl(login, name);
        try {
            look.at(target.exists(call.text("schema_name")));
            return new SchemaStage(target, work);
        } catch (SQLException | RuntimeException failure) {
            target.close();
            throw failure;
        }
    }

    @Override
    public String run(RunningOperation recorded) throws SQLException {
        return work.run(target.connection());
    }

    @Override
    public Connection works(Connection admin) {
        return target.connection();
    }

    @Override
    public void close() throws SQLException {
        target.close();
    }
}
