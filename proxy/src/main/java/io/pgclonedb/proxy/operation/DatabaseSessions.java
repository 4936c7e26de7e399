package io.pgclonedb.proxy.operation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Who is connected to a database, and how to end them. */
final class DatabaseSessions {
    private static final String LOGGING_IN = "SELECT l.pid FROM pg_catalog.pg_locks l"
            + " WHERE l.locktype = 'object'"
            + " AND l.classid = 'pg_catalog.pg_database'::regclass"
            + " AND l.objid = ?::oid"
            + " AND l.mode = 'RowExclusiveLock' AND l.granted";
    private static final String CONNECTED = "SELECT a.pid, COALESCE(a.usename, ''), COALESCE(a.application_name, ''),"
            + " COALESCE(a.backend_type, '') FROM pg_catalog.pg_stat_activity a"
            + " WHERE a.datid = ?::oid"
            + " AND a.pid <> pg_catalog.pg_backend_pid() ORDER BY a.pid";

    private DatabaseSessions() {}

    /**
     * The processes that use the database, autovacuum workers among them.
     *
     * <p>A process that logs in holds a lock on the database from before it reads {@code datallowconn} until after it shows in
     * {@code pg_stat_activity}. So the locks are read first: once a database is closed, an empty answer means that nobody is in
     * and nobody is on the way.
     */
    static List<DatabaseSession> of(Connection connection, Database database) throws SQLException {
        Set<Integer> loggingIn = new TreeSet<>();
        try (PreparedStatement statement = connection.prepareStatement(LOGGING_IN)) {
            statement.setLong(1, database.oid());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    loggingIn.add(row.getInt(1));
                }
            }
        }
        List<DatabaseSession> sessions = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(CONNECTED)) {
            statement.setLong(1, database.oid());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    int pid = row.getInt(1);
                    loggingIn.remove(pid);
                    sessions.add(new DatabaseSession(pid, row.getString(2), row.getString(3), row.getString(4)));
                }
            }
        }
        loggingIn.forEach(pid -> sessions.add(new DatabaseSession(pid, "", "", DatabaseSession.STARTING)));
        return sessions;
    }

    /** Those that PostgreSQL would not end by itself. */
    static List<DatabaseSession> blocking(Connection connection, Database database) throws SQLException {
        return of(connection, database).stream()
                .filter(session -> !session.autovacuum())
                .toList();
    }

    /** Asks every process in the list to end; those still logging in end by themselves. */
    static void terminate(Connection connection, List<DatabaseSession> sessions) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT pg_catalog.pg_terminate_backend(?)")) {
            for (DatabaseSession session : sessions) {
                if (!session.backendType().equals(DatabaseSession.STARTING)) {
                    statement.setInt(1, session.pid());
                    statement.executeQuery().close();
                }
            }
        }
    }
}
