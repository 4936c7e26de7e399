package io.pgclonedb.proxy.control;

import java.sql.Connection;
import java.sql.SQLException;

/** Statements to be run on a connection that somebody else opens, commits and closes. */
@FunctionalInterface
public interface SqlWork<T> {
    /** Runs them and answers something other than null; must neither commit nor close. */
    T run(Connection connection) throws SQLException;
}
