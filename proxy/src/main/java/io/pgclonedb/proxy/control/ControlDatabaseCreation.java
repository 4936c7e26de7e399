package io.pgclonedb.proxy.control;

import io.pgclonedb.proxy.admin.AdminConnections;
import io.pgclonedb.proxy.admin.ServerErrors;
import io.pgclonedb.proxy.admin.SqlText;
import io.pgclonedb.proxy.config.BackendConfig;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Makes role {@code pgclonedb_user} and the control database where they are missing. Each step looks first and may be repeated,
 * so a start that was cut off, or two at once, end in the same state; nobody can connect before CONNECT is revoked from
 * PUBLIC. No lock is taken: in the database the admin role logs in to, anybody could hold it.
 */
final class ControlDatabaseCreation {
    /** Membership in it makes {@code <app>_db_admin} an application admin. */
    private static final String USER_ROLE = "pgclonedb_user";

    /** Another proxy was faster: 42P04, 42710, 23505 (both at the same moment), and XX000 "tuple concurrently updated". */
    private static final Set<String> OVERTAKEN = Set.of("42P04", "42710", "23505", "XX000");

    private static final int ATTEMPTS = 20;
    private static final long PAUSE_NANOS = 100_000_000L;

    private final AdminConnections connections;
    private final BackendConfig backend;
    private final String name;

    ControlDatabaseCreation(AdminConnections connections, BackendConfig backend, String name) {
        this.connections = connections;
        this.backend = backend;
        this.name = name;
    }

    /** The control database's row of {@code pg_database}. */
    private record Found(
            boolean ours, String owner, boolean open, boolean valid, boolean publicMayConnect, String encoding) {}

    /** Creates what is missing, unless the server is a standby, where it must be there; whether it is one. */
    boolean run() {
        try (Connection connection = connections.connect(backend.database())) {
            if (inRecovery(connection)) {
                requireThere(connection);
                return true;
            }
            for (int attempt = 1; ; attempt++) {
                try {
                    createUserRole(connection);
                    createDatabase(connection);
                    return false;
                } catch (SQLException failure) {
                    if (attempt == ATTEMPTS || !OVERTAKEN.contains(String.valueOf(failure.getSQLState()))) {
                        throw failure;
                    }
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        } catch (SQLException failure) {
            throw ServerErrors.pgException(failure);
        }
    }

    /** Whether the server is a standby (PostgreSQL documentation, "Recovery Information Functions"). */
    static boolean inRecovery(Connection connection) throws SQLException {
        return ask(connection, "SELECT pg_catalog.pg_is_in_recovery()");
    }

    private void requireThere(Connection connection) throws SQLException {
        Found found = find(connection);
        if (found == null) {
            throw PgException.error(
                            SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                            "the server is a standby and has no control database \"" + name + "\"")
                    .withHint("Start pgclonedb in front of the primary first.");
        }
        String problem = problem(found);
        if (problem != null) {
            throw refused(problem);
        }
    }

    private void createUserRole(Connection connection) throws SQLException {
        if (!userRoleExists(connection)) {
            execute(connection, "CREATE ROLE " + USER_ROLE + " NOLOGIN");
        }
    }

    private void createDatabase(Connection connection) throws SQLException {
        String identifier = SqlText.identifier(connection, name);
        Found found = find(connection);
        if (found == null) {
            // Locale C goes with every encoding, whatever the cluster was made with.
            execute(
                    connection,
                    "CREATE DATABASE " + identifier + " TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
                            + " ALLOW_CONNECTIONS false");
            found = find(connection);
        }
        if (found == null) {
            throw refused("the control database \"" + name + "\" was dropped while it was being set up");
        }
        String problem = problem(found);
        if (problem != null) {
            throw refused(problem);
        }
        if (found.publicMayConnect()) {
            execute(connection, "REVOKE CONNECT, TEMPORARY ON DATABASE " + identifier + " FROM PUBLIC");
            requireClosedToPublic(connection);
        }
        if (!found.open()) {
            execute(connection, "ALTER DATABASE " + identifier + " WITH ALLOW_CONNECTIONS true");
        }
    }

    /** A REVOKE that does nothing is only a warning. */
    private void requireClosedToPublic(Connection connection) throws SQLException {
        Found found = find(connection);
        if (found == null || found.publicMayConnect()) {
            throw refused("CONNECT on the control database \"" + name + "\" could not be revoked from PUBLIC");
        }
    }

    private @Nullable String problem(Found found) {
        if (!found.valid()) {
            return "the control database \"" + name + "\" is invalid: its creation or a DROP DATABASE was interrupted";
        }
        if (!found.ours()) {
            return "the control database \"" + name + "\" belongs to role \"" + found.owner() + "\"";
        }
        if (!"UTF8".equals(found.encoding())) {
            return "the control database \"" + name + "\" has encoding " + found.encoding();
        }
        return null;
    }

    private static PgException refused(String problem) {
        return PgException.error(SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, problem)
                .withHint("It must be owned by the role of the admin connection and have encoding UTF8."
                        + " Drop it, or name another one as control_database.");
    }

    ControlInspection inspect() {
        try (Connection connection = connections.connect(backend.database())) {
            List<String> toDo = new ArrayList<>();
            List<String> problems = new ArrayList<>();
            boolean superuser =
                    ask(connection, "SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user");
            if (!superuser) {
                problems.add("role \"" + backend.user() + "\" of the admin connection is not a superuser");
            }
            if (inRecovery(connection)) {
                problems.add("the server is a standby and accepts no changes");
            }
            boolean userRole = userRoleExists(connection);
            if (!userRole) {
                toDo.add("create role \"" + USER_ROLE + "\"");
            }
            Found found = find(connection);
            int version = found == null ? 0 : inspectDatabase(found, toDo, problems);
            if (found == null) {
                toDo.add("create the control database \"" + name + "\"");
            }
            if (problems.isEmpty() && version < Migrations.latest()) {
                toDo.add("bring the tables of the control database from version " + version + " to "
                        + Migrations.latest());
            }
            return new ControlInspection(
                    connections.serverVersion(), superuser, userRole, found != null, version, toDo, problems);
        } catch (SQLException failure) {
            throw ServerErrors.pgException(failure);
        }
    }

    private int inspectDatabase(Found found, List<String> toDo, List<String> problems) throws SQLException {
        String problem = problem(found);
        if (problem != null) {
            problems.add(problem);
            return 0;
        }
        if (found.publicMayConnect()) {
            toDo.add("revoke CONNECT on the control database \"" + name + "\" from PUBLIC");
        }
        if (!found.open()) {
            toDo.add("open the control database \"" + name + "\" for connections");
            return 0;
        }
        try (Connection control = connections.connect(name)) {
            int version = Migrations.version(control);
            if (version > Migrations.latest()) {
                problems.add(
                        "the control database was made by a newer version of pgclonedb: " + Migrations.newer(version));
            }
            return version;
        }
    }

    private static boolean userRoleExists(Connection connection) throws SQLException {
        return ask(connection, "SELECT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = '" + USER_ROLE + "')");
    }

    private @Nullable Found find(Connection connection) throws SQLException {
        String query = "SELECT r.rolname = current_user, r.rolname, d.datallowconn, d.datconnlimit <> -2,"
                + " EXISTS (SELECT FROM pg_catalog.aclexplode("
                + "coalesce(d.datacl, pg_catalog.acldefault('d', d.datdba))) AS a"
                + " WHERE a.grantee = 0 AND a.privilege_type = 'CONNECT'),"
                + " pg_catalog.pg_encoding_to_char(d.encoding)"
                + " FROM pg_catalog.pg_database AS d JOIN pg_catalog.pg_roles AS r ON r.oid = d.datdba"
                + " WHERE d.datname = ?";
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? new Found(
                                row.getBoolean(1),
                                row.getString(2),
                                row.getBoolean(3),
                                row.getBoolean(4),
                                row.getBoolean(5),
                                row.getString(6))
                        : null;
            }
        }
    }

    private static boolean ask(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() && row.getBoolean(1);
        }
    }

    private static void execute(Connection connection, String command) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
