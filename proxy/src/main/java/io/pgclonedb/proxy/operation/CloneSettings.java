package io.pgclonedb.proxy.operation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Gives a clone the settings of its template: {@code ALTER DATABASE … SET} and {@code ALTER ROLE … IN DATABASE … SET}, which
 * CREATE DATABASE does not copy.
 */
final class CloneSettings {
    private static final String SETTINGS = "SELECT COALESCE(r.rolname, ''), c.entry"
            + " FROM pg_catalog.pg_db_role_setting s"
            + " LEFT JOIN pg_catalog.pg_roles r ON r.oid = s.setrole,"
            + " LATERAL pg_catalog.unnest(s.setconfig) WITH ORDINALITY c(entry, place)"
            + " WHERE s.setdatabase = ?::oid ORDER BY s.setrole, c.place";

    private CloneSettings() {}

    /** Runs in the transaction of {@code connection}; {@code clone} must have no settings yet. */
    static void copy(Connection connection, Database template, String clone) throws SQLException {
        for (Setting setting : read(connection, template)) {
            setting.apply(connection, clone);
        }
    }

    private static List<Setting> read(Connection connection, Database template) throws SQLException {
        List<Setting> settings = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SETTINGS)) {
            statement.setLong(1, template.oid());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    String entry = row.getString(2);
                    int equals = entry.indexOf('=');
                    settings.add(
                            new Setting(row.getString(1), entry.substring(0, equals), entry.substring(equals + 1)));
                }
            }
        }
        return settings;
    }

    /** {@code role} is empty for a setting of the database itself. */
    private record Setting(String role, String name, String value) {
        void apply(Connection connection, String clone) throws SQLException {
            List<String> values = SettingList.isList(name) ? SettingList.elements(value) : List.of(value);
            List<String> arguments = new ArrayList<>();
            String target;
            if (role.isEmpty()) {
                target = "ALTER DATABASE %I";
            } else {
                target = "ALTER ROLE %I IN DATABASE %I";
                arguments.add(role);
            }
            arguments.add(clone);
            arguments.add(name);
            arguments.addAll(values);
            String literals = String.join(", ", Collections.nCopies(values.size(), "%L"));
            Ddl.execute(connection, target + " SET %I TO " + literals, arguments.toArray(String[]::new));
        }
    }
}
