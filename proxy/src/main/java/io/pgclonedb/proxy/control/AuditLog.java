package io.pgclonedb.proxy.control;

import io.pgclonedb.proxy.admin.ServerErrors;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The record of every call. A settled row is also written as one line of JSON to the logger {@code pgclonedb.audit}. Thread-safe;
 * blocks.
 */
public final class AuditLog {
    /** What {@link #rowsAsJson} answers at most, in bytes of JSON; well below the 256 MB at which a jsonb value ends. */
    public static final long MAX_JSON_BYTES = 64L << 20;

    /** The logger that hears of every settled row, at level info. */
    public static final String LOGGER = "pgclonedb.audit";

    private static final Logger SETTLED = LoggerFactory.getLogger(LOGGER);

    private static final int FETCH_SIZE = 500;

    /** The columns a caller sees, as a JSON object. */
    static final String ROW_AS_JSON = "pg_catalog.jsonb_build_object('id', id, 'started_at', started_at,"
            + " 'finished_at', finished_at, 'caller', caller, 'operation', operation, 'target', target,"
            + " 'arguments', arguments, 'outcome', outcome, 'sqlstate', sqlstate, 'message', message,"
            + " 'client_address', client_address, 'application_name', application_name)::pg_catalog.text";

    private static final String INSERT = "INSERT INTO control.audit (caller_oid, caller, operation, target, arguments,"
            + " client_address, application_name, backend_pid, proxy_id, outcome, sqlstate, message, finished_at)"
            + " SELECT v.*, CASE WHEN v.outcome <> 'running' THEN pg_catalog.statement_timestamp() END FROM (VALUES"
            + " (?::pg_catalog.int8::pg_catalog.oid, ?, ?, ?, ?::pg_catalog.jsonb, ?, ?, ?, ?::pg_catalog.uuid, ?, ?, ?))"
            + " AS v (caller_oid, caller, operation, target, arguments, client_address, application_name, backend_pid,"
            + " proxy_id, outcome, sqlstate, message) RETURNING id, " + ROW_AS_JSON;

    private static final String SETTLE = "UPDATE control.audit SET outcome = ?, sqlstate = ?, message = ?,"
            + " finished_at = pg_catalog.clock_timestamp() WHERE id = ? AND outcome = 'running' RETURNING "
            + ROW_AS_JSON;

    private final ControlDatabase control;

    /** Writes to the given control database. */
    public AuditLog(ControlDatabase control) {
        this.control = control;
    }

    /**
     * Writes the intent row on the given connection and leaves the commit to whoever set its mode. An operation that is to be
     * settled after the death of its proxy begins with {@link RunningOperations#begin} instead.
     *
     * @return the row's id
     * @throws PgException 55000: no row, so no operation
     */
    public long intent(Connection connection, AuditEntry entry) {
        try {
            return insert(connection, entry, Outcome.RUNNING, null, null).id();
        } catch (SQLException failure) {
            throw control.unavailable(failure);
        }
    }

    /**
     * Records how an operation ended; a row that somebody has settled already stays as it is. The line of JSON is written at
     * once on a connection in autocommit mode and not at all inside a transaction, which may yet be rolled back: see {@link
     * #inOneTransaction}.
     *
     * @param sqlState null on success
     * @param message the answer or the error's text; null for none
     * @return whether this call settled the row
     * @throws PgException 55000 when it cannot be recorded
     */
    public boolean finish(
            Connection connection, long id, Outcome outcome, @Nullable String sqlState, @Nullable String message) {
        try {
            String line = settle(connection, id, outcome, sqlState, message);
            if (line != null && connection.getAutoCommit()) {
                SETTLED.info("{}", line);
            }
            return line != null;
        } catch (SQLException failure) {
            throw control.unavailable(failure);
        }
    }

    /**
     * Records a call that was refused for want of a right and never ran.
     *
     * @throws PgException 55000 when it cannot be recorded
     */
    public void denied(AuditEntry entry, String sqlState, String message) {
        record(entry, Outcome.DENIED, sqlState, message);
    }

    /**
     * Records a call that ended before its intent was written.
     *
     * @throws PgException 55000 when it cannot be recorded
     */
    public void failed(AuditEntry entry, String sqlState, String message) {
        record(entry, Outcome.FAILED, sqlState, message);
    }

    private void record(AuditEntry entry, Outcome outcome, String sqlState, String message) {
        try (Connection connection = control.connection()) {
            log(insert(connection, entry, outcome, sqlState, message).json());
        } catch (SQLException failure) {
            throw control.unavailable(failure);
        }
    }

    /**
     * Runs an operation that can be one transaction with its row: both are there or neither is. When it fails nothing is done
     * and nothing recorded; that is then for the caller, with {@link #failed} or {@link #denied}.
     *
     * @param work answers the text of the call's answer, which becomes the row's message
     * @return the same text
     * @throws PgException what the work threw, the server's own error, or 55000
     */
    public String inOneTransaction(AuditEntry entry, SqlWork<String> work) {
        String[] line = new String[1];
        String answer = control.transaction(connection -> {
            long id = intent(connection, entry);
            String text = work.run(connection);
            line[0] = settle(connection, id, Outcome.SUCCEEDED, null, text);
            return text;
        });
        log(line[0]);
        return answer;
    }

    /** Writes the line of a settled row whose transaction is committed. */
    static void log(String line) {
        SETTLED.info("{}", line);
    }

    private record Row(long id, String json) {}

    private Row insert(
            Connection connection,
            AuditEntry entry,
            Outcome outcome,
            @Nullable String sqlState,
            @Nullable String message)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setLong(1, entry.callerOid());
            statement.setString(2, AuditText.storable(entry.caller()));
            statement.setString(3, AuditText.storable(entry.operation()));
            statement.setString(4, AuditText.storableOrNull(entry.target()));
            statement.setString(5, AuditText.json(entry.maskedArguments()));
            statement.setString(6, AuditText.storable(entry.clientAddress()));
            statement.setString(7, AuditText.storable(entry.applicationName()));
            statement.setInt(8, entry.backendPid());
            statement.setString(9, control.proxyId().toString());
            statement.setString(10, outcome.text());
            statement.setString(11, sqlState);
            statement.setString(12, AuditText.storableOrNull(message));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Row(row.getLong(1), row.getString(2));
            }
        }
    }

    /** The row as JSON, or null when it was settled before. */
    static @Nullable String settle(
            Connection connection, long id, Outcome outcome, @Nullable String sqlState, @Nullable String message)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SETTLE)) {
            statement.setString(1, outcome.text());
            statement.setString(2, sqlState);
            statement.setString(3, AuditText.storableOrNull(message));
            statement.setLong(4, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    /**
     * Rows of the audit, newest first, as a JSON array of objects whose members are the columns of {@code get_audit_log}.
     *
     * @param callerOid only this role's rows; null for all
     * @param maxRows 1 or more
     * @param operation only this function's rows; null for all
     * @throws PgException 54000 when they are more than {@link #MAX_JSON_BYTES}; 55000 when the control database is away
     */
    public String rowsAsJson(@Nullable Long callerOid, int maxRows, @Nullable String operation) {
        String query = "SELECT " + ROW_AS_JSON + " FROM control.audit WHERE true"
                + (callerOid == null ? "" : " AND caller_oid = ?::pg_catalog.int8::pg_catalog.oid")
                + (operation == null ? "" : " AND operation = ?")
                + " ORDER BY id DESC LIMIT ?";
        return control.transaction(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(query)) {
                int parameter = 1;
                if (callerOid != null) {
                    statement.setLong(parameter++, callerOid);
                }
                if (operation != null) {
                    statement.setString(parameter++, operation);
                }
                statement.setInt(parameter, maxRows);
                // In portions, so that an answer too large is noticed before it is in memory.
                statement.setFetchSize(FETCH_SIZE);
                try (ResultSet rows = statement.executeQuery()) {
                    return array(rows);
                }
            }
        });
    }

    private static String array(ResultSet rows) throws SQLException {
        StringBuilder array = new StringBuilder("[");
        long bytes = 2;
        while (rows.next()) {
            String row = rows.getString(1);
            bytes += row.getBytes(StandardCharsets.UTF_8).length + 1;
            if (bytes > MAX_JSON_BYTES) {
                throw PgException.error(
                                SqlState.PROGRAM_LIMIT_EXCEEDED,
                                "the rows of the audit log are too large for one answer")
                        .withDetail("They would be more than " + (MAX_JSON_BYTES >> 20) + " MB.")
                        .withHint("Ask for fewer rows with a lower max_rows.");
            }
            array.append(array.length() == 1 ? "" : ",").append(row);
        }
        return array.append(']').toString();
    }

    /**
     * Deletes settled rows that ended longer ago than this; an operation that still runs keeps its row.
     *
     * @param retention an interval as {@link Settings#auditRetention} has it
     * @return how many
     */
    public int purge(String retention) {
        try (Connection connection = control.connection();
                PreparedStatement statement = connection.prepareStatement("DELETE FROM control.audit"
                        + " WHERE outcome <> 'running' AND finished_at < pg_catalog.now() - ?::pg_catalog.interval")) {
            statement.setString(1, retention);
            return statement.executeUpdate();
        } catch (SQLException failure) {
            throw ServerErrors.pgException(failure);
        }
    }
}
