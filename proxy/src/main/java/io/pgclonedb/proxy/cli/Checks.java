package io.pgclonedb.proxy.cli;

import io.pgclonedb.proxy.admin.AdminConnections;
import io.pgclonedb.proxy.config.ProxyConfig;
import io.pgclonedb.proxy.control.ControlDatabase;
import io.pgclonedb.proxy.control.ControlInspection;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Everything that {@code check} looks at, in the order in which one thing needs the other. Changes nothing. */
final class Checks {
    private static final int OLDEST = 14;
    private static final int NEWEST = 18;

    private static final Finding NO_SUPERUSER = Finding.failure(
            "admin role", "is no superuser, which operations need: ALTER ROLE … SUPERUSER makes it one");

    private final ProxyConfig config;
    private final AdminConnections connections;
    private final List<Finding> findings = new ArrayList<>();

    Checks(ProxyConfig config) {
        this.config = config;
        this.connections = new AdminConnections(config.backend(), config.lockTimeout());
    }

    /** All findings; without a connection to the server, those up to it. */
    List<Finding> run() {
        findings.add(Finding.ok(
                "configuration",
                "backend " + config.backend() + ", control database \"" + config.controlDatabase() + "\""));
        port("listen", config.listen());
        port("http_listen", config.httpListen());
        try (Connection connection = connections.connect()) {
            findings.add(Finding.ok(
                    "connection", "logged in as \"" + config.backend().user() + "\""));
            version(connection);
            control();
            findings.addAll(new ServerChecks(connection, config).run());
        } catch (PgException failure) {
            findings.add(login(failure));
        } catch (SQLException failure) {
            findings.add(Finding.failure("connection", "lost: " + failure.getMessage()));
        }
        return List.copyOf(findings);
    }

    /** Some settings of an admin connection only a superuser may make, so that the login of another role fails already. */
    private static Finding login(PgException failure) {
        if (failure.getCause() instanceof SQLException cause
                && SqlState.INSUFFICIENT_PRIVILEGE.code().equals(cause.getSQLState())) {
            return NO_SUPERUSER;
        }
        // The hint would be to run what is running already.
        return Finding.failure("connection", Failures.describe(failure.withHint(null)));
    }

    /** An address in use is no failure: the usual reason is the proxy that somebody wants to check. */
    private void port(String key, InetSocketAddress address) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            findings.add(Finding.ok(key, Address.text(address) + " is free"));
        } catch (IOException failure) {
            findings.add(Finding.warning(
                    key,
                    Address.text(address) + " cannot be bound (" + failure.getMessage()
                            + "); fine when a proxy is running there"));
        }
    }

    private void version(Connection connection) throws SQLException {
        String text = "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion();
        int major = connection.getMetaData().getDatabaseMajorVersion();
        if (major < OLDEST) {
            findings.add(Finding.failure("version", text + " is not supported; it must be " + OLDEST + " or newer"));
        } else if (major > NEWEST) {
            findings.add(Finding.warning(
                    "version", text + " is newer than any this version was tested with (" + NEWEST + ")"));
        } else {
            findings.add(Finding.ok("version", text));
        }
    }

    private void control() {
        if (!config.interception()) {
            findings.add(Finding.warning("interception", "is off: calls are passed on to the server as they are"));
            return;
        }
        ControlInspection found = ControlDatabase.inspect(connections, config.backend(), config.controlDatabase());
        findings.add(
                found.superuser()
                        ? Finding.ok("admin role", "is a superuser")
                        : Finding.failure(
                                "admin role", "is no superuser; operations need one: ALTER ROLE … SUPERUSER"));
        found.problems().forEach(problem -> findings.add(Finding.failure("control database", problem)));
        found.toDo().forEach(step -> findings.add(Finding.ok("at start", step)));
        if (found.databaseExists() && found.problems().isEmpty()) {
            findings.add(Finding.ok(
                    "control database",
                    "\"" + config.controlDatabase() + "\" exists, version " + found.schemaVersion()
                            + " of its tables"));
        }
        if (found.userRoleExists()) {
            findings.add(Finding.ok("pgclonedb_user", "exists"));
        }
    }
}
