package io.pgclonedb.proxy.control;

import io.pgclonedb.policy.Function;
import io.pgclonedb.proxy.admin.ServerErrors;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the settings. They are read from the control database at every call and kept nowhere else: a change holds
 * on every proxy from its commit on, and while the control database is away there are no settings to act on. Thread-safe.
 */
public final class SettingsStore {
    private static final String MIN_FREE_BYTES = "min_free_bytes";
    private static final String AUDIT_RETENTION = "audit_retention";

    /** One statement, so one snapshot: settings first, functions under names that no setting has. */
    private static final String READ = "SELECT false, name, value FROM control.settings"
            + " UNION ALL SELECT true, name, enabled::pg_catalog.text FROM control.function_states";

    private final ControlDatabase control;
    private final List<Function> functions;

    /** With the functions of the catalogue, whose defaults hold until somebody changes them. */
    public SettingsStore(ControlDatabase control, Collection<Function> functions) {
        this.control = control;
        this.functions = List.copyOf(functions);
    }

    /**
     * The settings as they stand now.
     *
     * @throws PgException 55000 when the control database is away
     */
    public Settings current() {
        try (Connection connection = control.connection()) {
            return current(connection);
        } catch (SQLException failure) {
            throw control.unavailable(failure);
        }
    }

    /** The settings as a transaction on the control database sees them. */
    public Settings current(Connection connection) throws SQLException {
        Map<String, String> values = new HashMap<>();
        Map<String, Boolean> states = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(READ);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                if (rows.getBoolean(1)) {
                    states.put(rows.getString(2), "true".equals(rows.getString(3)));
                } else {
                    values.put(rows.getString(2), rows.getString(3));
                }
            }
        }
        return settings(values, states);
    }

    private Settings settings(Map<String, String> values, Map<String, Boolean> states) {
        Map<String, Boolean> enabled = new HashMap<>();
        for (Function function : functions) {
            boolean state = states.getOrDefault(function.name(), function.enabledByDefault());
            enabled.put(function.name(), state || !function.canBeDisabled());
        }
        String minFreeBytes = values.get(MIN_FREE_BYTES);
        return new Settings(
                minFreeBytes == null ? Settings.DEFAULT_MIN_FREE_BYTES : Long.parseLong(minFreeBytes),
                values.get(AUDIT_RETENTION),
                enabled);
    }

    /**
     * Changes settings in the caller's transaction on the control database; they hold on every proxy once it commits.
     *
     * @throws PgException 22023 for a value out of range or a function that cannot be disabled or does not exist; 22007 or
     *     22008 for a retention that is no interval
     */
    public void update(Connection connection, SettingsChange change) throws SQLException {
        Long minFreeBytes = change.minFreeBytes();
        if (minFreeBytes != null) {
            if (minFreeBytes < -1) {
                throw invalid("min_free_bytes must be -1 or more");
            }
            put(connection, MIN_FREE_BYTES, minFreeBytes.toString());
        }
        String retention = change.auditRetention();
        if (retention != null) {
            put(connection, AUDIT_RETENTION, interval(connection, retention));
        }
        for (Map.Entry<String, Boolean> state : change.functions().entrySet()) {
            requireSwitchable(state.getKey(), state.getValue());
            putState(connection, state.getKey(), state.getValue());
        }
    }

    private void requireSwitchable(String name, boolean enable) {
        @Nullable
        Function function = functions.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElse(null);
        if (function == null) {
            throw invalid("function pgclonedb." + name + " does not exist");
        }
        if (!enable && !function.canBeDisabled()) {
            throw invalid("function pgclonedb." + name + " cannot be disabled");
        }
    }

    private static String interval(Connection connection, String text) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT v::pg_catalog.text, v > '0'::pg_catalog.interval FROM (SELECT ?::pg_catalog.interval) AS t (v)")) {
            statement.setString(1, text);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (!row.getBoolean(2)) {
                    throw invalid("audit_retention must be a positive interval");
                }
                return row.getString(1);
            }
        } catch (SQLException failure) {
            throw ServerErrors.pgException(failure);
        }
    }

    private static void put(Connection connection, String name, String value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO control.settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE"
                        + " SET value = EXCLUDED.value, changed_at = pg_catalog.clock_timestamp()")) {
            statement.setString(1, name);
            statement.setString(2, value);
            statement.executeUpdate();
        }
    }

    private static void putState(Connection connection, String name, boolean enabled) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO control.function_states (name, enabled) VALUES (?, ?) ON CONFLICT (name) DO UPDATE"
                        + " SET enabled = EXCLUDED.enabled, changed_at = pg_catalog.clock_timestamp()")) {
            statement.setString(1, name);
            statement.setBoolean(2, enabled);
            statement.executeUpdate();
        }
    }

    private static PgException invalid(String message) {
        return PgException.error(SqlState.INVALID_PARAMETER_VALUE, message);
    }
}
