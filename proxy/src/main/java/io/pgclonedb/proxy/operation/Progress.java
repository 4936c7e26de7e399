package io.pgclonedb.proxy.operation;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Says how far an operation is. */
@FunctionalInterface
interface Progress {
    /** For an operation that has nothing to say. */
    Progress NONE = (connection, elapsed) -> {};

    /**
     * Called every two seconds, never at once by two threads, and not after the operation has ended.
     *
     * @param connection not the one that runs the operation
     */
    void look(Connection connection, Duration elapsed) throws SQLException;
}
