package io.pgclonedb.proxy.control;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The numbered steps that make the tables of the control database; each runs once, in the order of the list. */
final class Migrations {
    /** File names under {@code migrations}; the position, from 1, is the version. Only ever append. */
    private static final List<String> FILES = List.of("V001__settings_and_audit.sql");

    /** Advisory locks of two numbers are a space of their own; the running operations use the one of single numbers. */
    private static final String LOCK = "SELECT pg_catalog.pg_advisory_xact_lock(1, 0)";

    private Migrations() {}

    /** The version that this proxy brings the control database to. */
    static int latest() {
        return FILES.size();
    }

    /**
     * Runs what is missing, in the caller's transaction; a second proxy that starts at the same moment waits and then finds
     * nothing to do.
     *
     * @return the version that is now there
     * @throws PgException 55000 when a newer proxy has been here
     */
    static int run(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(LOCK);
            statement.execute("CREATE SCHEMA IF NOT EXISTS control");
            statement.execute("CREATE TABLE IF NOT EXISTS control.migrations (version integer PRIMARY KEY,"
                    + " name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())");
            int version = version(connection);
            requireKnown(version);
            for (int next = version + 1; next <= latest(); next++) {
                String name = FILES.get(next - 1);
                statement.execute(text(name));
                record(connection, next, name);
            }
            return latest();
        }
    }

    /**
     * Looks whether everything has been run.
     *
     * @return the version that is there
     * @throws PgException 55000 when it is another one than this proxy's
     */
    static int require(Connection connection) throws SQLException {
        int version = version(connection);
        requireKnown(version);
        if (version < latest()) {
            throw PgException.error(
                            SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                            "the server is a standby and its control database is of an older version")
                    .withHint("Start this version of pgclonedb in front of the primary first.");
        }
        return version;
    }

    /** The last migration that was run; 0 when there was none. */
    static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row =
                    statement.executeQuery("SELECT pg_catalog.to_regclass('control.migrations') IS NOT NULL")) {
                row.next();
                if (!row.getBoolean(1)) {
                    return 0;
                }
            }
            try (ResultSet row = statement.executeQuery("SELECT coalesce(max(version), 0) FROM control.migrations")) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static void requireKnown(int version) {
        if (version > latest()) {
            throw PgException.error(
                            SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE,
                            "the control database was made by a newer version of pgclonedb")
                    .withDetail(newer(version))
                    .withHint("Start a version of pgclonedb at least as new as the newest one of this cluster.");
        }
    }

    /** A sentence for an operator whose proxy is older than the control database. */
    static String newer(int version) {
        return "Its tables have version " + version + ", this proxy knows versions up to " + latest() + ".";
    }

    private static void record(Connection connection, int version, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("INSERT INTO control.migrations (version, name) VALUES (?, ?)")) {
            statement.setInt(1, version);
            statement.setString(2, name);
            statement.executeUpdate();
        }
    }

    private static String text(String name) {
        try (InputStream file = Migrations.class.getResourceAsStream("migrations/" + name)) {
            if (file == null) {
                throw new IllegalStateException("migration " + name + " is missing from the program");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
