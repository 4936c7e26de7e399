package io.pgclonedb.it.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Roles of the shared server, one for each way the server asks for a password, and how tests make more. */
public final class TestRoles {
    /** The server lets it in without asking. */
    public static final String TRUSTED = "trusted_role";

    /** Asked by the old md5 method. */
    public static final String MD5 = "md5_role";

    /** Asked for the password in clear. */
    public static final String PASSWORD = "password_role";

    /** Asked by scram-sha-256, as everybody else is. */
    public static final String SCRAM = "scram_role";

    private TestRoles() {}

    /** The password of each of them. */
    public static String password(String role) {
        return role + " secret";
    }

    /** Creates those that are not there yet. */
    public static void create(PostgresServer server) throws SQLException {
        try (Connection connection = server.connect("postgres");
                Statement statement = connection.createStatement()) {
            create(statement, TRUSTED, "scram-sha-256");
            create(statement, MD5, "md5");
            create(statement, PASSWORD, "scram-sha-256");
            create(statement, SCRAM, "scram-sha-256");
        }
    }

    private static void create(Statement statement, String role, String encryption) throws SQLException {
        statement.execute("SET password_encryption = '" + encryption + "'");
        statement.execute("DO $$ BEGIN CREATE ROLE " + role + " LOGIN PASSWORD '" + password(role)
                + "'; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
    }
}
