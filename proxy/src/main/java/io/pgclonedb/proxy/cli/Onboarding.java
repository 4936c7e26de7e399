package io.pgclonedb.proxy.cli;

import io.pgclonedb.proxy.admin.AdminConnections;
import io.pgclonedb.proxy.admin.ServerErrors;
import io.pgclonedb.proxy.admin.SqlText;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PasswordUtil;

/**
 * Makes the admin role of an application, in one transaction. The server must have been prepared: role {@code
 * pgclonedb_user} exists. The password reaches the server as a SCRAM-SHA-256 verifier only.
 */
final class Onboarding {
    private static final String GROUP = "pgclonedb_user";

    private final AdminConnections connections;

    Onboarding(AdminConnections connections) {
        this.connections = connections;
    }

    /**
     * What was done.
     *
     * @param created whether the role is new and has the given password; else it keeps its own
     * @param madeMember whether it was no member of {@code pgclonedb_user} before
     * @param warnings what the operator should know of the scope, one sentence each without full stop
     */
    record Result(Application application, boolean created, boolean madeMember, List<String> warnings) {}

    private record Role(boolean canLogin, boolean member) {}

    /** Creates the role with this password, or makes a role that is there already a member. */
    Result run(Application application, String password) {
        try (Connection connection = connections.connect()) {
            connection.setAutoCommit(false);
            Role found = find(connection, application.role());
            String role = SqlText.identifier(connection, application.role());
            try (Statement statement = connection.createStatement()) {
                if (found == null) {
                    String verifier = PasswordUtil.encodeScramSha256(password.toCharArray());
                    statement.execute(
                            "CREATE ROLE " + role + " LOGIN PASSWORD " + SqlText.literal(connection, verifier));
                }
                if (found == null || !found.member()) {
                    statement.execute("GRANT " + GROUP + " TO " + role);
                }
            }
            List<String> warnings = warnings(connection, application, found);
            connection.commit();
            return new Result(application, found == null, found == null || !found.member(), warnings);
        } catch (SQLException failure) {
            throw ServerErrors.pgException(failure);
        }
    }

    private static @Nullable Role find(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT r.rolcanlogin, EXISTS (SELECT FROM pg_catalog.pg_auth_members m"
                        + " WHERE m.member = r.oid AND m.roleid = '" + GROUP + "'::pg_catalog.regrole)"
                        + " FROM pg_catalog.pg_roles r WHERE r.rolname = ?::pg_catalog.name")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? new Role(row.getBoolean(1), row.getBoolean(2)) : null;
            }
        }
    }

    private static List<String> warnings(Connection connection, Application application, @Nullable Role found)
            throws SQLException {
        List<String> warnings = new ArrayList<>();
        if (found != null && !found.canLogin()) {
            warnings.add("role \"" + application.role() + "\" cannot log in; ALTER ROLE … LOGIN lets it");
        }
        for (String role : names(
                connection,
                "SELECT r.rolname FROM pg_catalog.pg_roles r"
                        + " JOIN pg_catalog.pg_auth_members m ON m.member = r.oid"
                        + " WHERE m.roleid = '" + GROUP + "'::pg_catalog.regrole AND r.rolname LIKE '_%\\_db\\_admin'"
                        + " GROUP BY r.rolname ORDER BY r.rolname")) {
            overlap(application, Application.ofRole(role)).ifPresent(warnings::add);
        }
        List<String> databases = names(connection, "SELECT datname FROM pg_catalog.pg_database ORDER BY datname");
        databases.removeIf(database -> !application.covers(database));
        if (!databases.isEmpty()) {
            warnings.add("databases of its scope that exist already: \"" + String.join("\", \"", databases) + "\"");
        }
        return warnings;
    }

    private static Optional<String> overlap(Application application, Application other) {
        if (other.equals(application)) {
            return Optional.empty();
        }
        if (application.covers(other.name())) {
            return Optional.of("databases \"" + other.name() + "\" and \"" + other.name()
                    + "_…\" are not in its scope; they belong to \"" + other.role() + "\"");
        }
        if (other.covers(application.name())) {
            return Optional.of("databases \"" + application.name() + "\" and \"" + application.name()
                    + "_…\" leave the scope of \"" + other.role() + "\"");
        }
        return Optional.empty();
    }

    private static List<String> names(Connection connection, String query) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    /** Bytes outside the unreserved characters of RFC 3986 are percent-encoded, so that any role name survives in a URI. */
    static String percentEncoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (octet & 0xff);
            if ("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~".indexOf(character) >= 0) {
                encoded.append(character);
            } else {
                encoded.append(String.format("%%%02X", (int) character));
            }
        }
        return encoded.toString();
    }
}
