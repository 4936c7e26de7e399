package io.pgclonedb.proxy.operation;

import java.sql.Connection;
import java.sql.SQLException;

/** {@code open_database}: unlocks a template, so that clients can connect to it. */
final class OpenDatabase implements Operation.Transactional {
    @Override
    public String run(OperationCall call, Connection control) throws SQLException {
        String name = call.text("dbname");
        NameLock.forTransaction(control, name);
        Database database = Database.require(control, name).requireUsable();
        if (database.allowConnections() && !database.template()) {
            return "database \"" + name + "\" is already open";
        }
        Ddl.execute(control, "ALTER DATABASE %I WITH ALLOW_CONNECTIONS true IS_TEMPLATE false", name);
        return "database \"" + name + "\" opened";
    }
}
