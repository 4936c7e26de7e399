package io.pgclonedb.proxy.operation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.postgresql.util.PSQLException;

/**
 * {@code df}, run by the server itself through COPY … FROM PROGRAM (PostgreSQL documentation, "COPY"): works for a superuser on
 * a server of one's own, and not where programs are forbidden or the system has no {@code df}.
 */
record ServerDfSpace() implements FreeSpaceSource {
    private static final String LOCATION = "SELECT CASE WHEN ?::oid = 1663"
            + " THEN pg_catalog.current_setting('data_directory') || '/base'"
            + " ELSE pg_catalog.pg_tablespace_location(?::oid) END";

    // One column that takes every line as it is: no character of df's output is a delimiter or a quote.
    private static final String COPY = "COPY pg_temp.df (line) FROM PROGRAM %L"
            + " WITH (FORMAT csv, ENCODING 'LATIN1', DELIMITER E'\\x01', QUOTE E'\\x02', ESCAPE E'\\x02')";

    @Override
    public OptionalLong freeBytes(Connection connection, long tablespace) throws SQLException {
        try {
            return DfOutput.availableBytes(
                    run(connection, "LC_ALL=C df -P -k " + shell(location(connection, tablespace))));
        } catch (PSQLException failure) {
            if (failure.getServerErrorMessage() == null) {
                throw failure;
            }
            return OptionalLong.empty();
        }
    }

    private static String location(Connection connection, long tablespace) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCATION)) {
            statement.setLong(1, tablespace);
            statement.setLong(2, tablespace);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    /** The table lives in a transaction that is never committed. */
    private static List<String> run(Connection connection, String command) throws SQLException {
        connection.setAutoCommit(false);
        try {
            Ddl.run(connection, "CREATE TEMPORARY TABLE df (line text)");
            Ddl.execute(connection, COPY, command);
            return lines(connection);
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static List<String> lines(Connection connection) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT line FROM pg_temp.df")) {
            while (row.next()) {
                lines.add(row.getString(1));
            }
        }
        return lines;
    }

    /** The path as one word of a POSIX shell. It begins with a slash or, for a tablespace in place, with {@code pg_tblspc}. */
    static String shell(String path) {
        return "'" + path.replace("'", "'\\''") + "'";
    }
}
