package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The CREATE DATABASE of a clone.
 *
 * <p>The clone is created as {@link Database#unfinished} describes: no connections, connection limit 0, and owned by its
 * template's owner, as {@link CloneGrants} needs it.
 *
 * @param encoding null for the template's own, and so the other two
 */
record NewDatabase(
        String name,
        Database template,
        @Nullable String encoding,
        @Nullable String lcCollate,
        @Nullable String lcCtype) {
    /**
     * Writing a small copy through the WAL costs less than the two checkpoints of a copy of files; a large one takes twice as
     * long, fills the WAL and, should the disk become full, can stop the whole server.
     */
    private static final long LARGEST_THROUGH_WAL = 64L << 20;

    /** Creates it; {@code bytes} is the size of the template. */
    void create(Connection admin, long bytes) throws SQLException {
        int version = admin.getMetaData().getDatabaseMajorVersion();
        StringBuilder sql = new StringBuilder("CREATE DATABASE %I WITH TEMPLATE %I OWNER %I"
                + " ALLOW_CONNECTIONS false IS_TEMPLATE false CONNECTION LIMIT 0");
        List<String> values = new ArrayList<>(Arrays.asList(name, template.name(), template.owner()));
        option(sql, values, "ENCODING", encoding);
        option(sql, values, "LC_COLLATE", lcCollate);
        option(sql, values, "LC_CTYPE", lcCtype);
        if (version >= 15) {
            sql.append(bytes <= LARGEST_THROUGH_WAL ? " STRATEGY wal_log" : " STRATEGY file_copy");
        }
        if (version >= 18) {
            shareBlocks(admin);
        }
        try {
            Ddl.execute(admin, sql.toString(), values.toArray(String[]::new));
        } catch (SQLException failure) {
            throw explained(failure);
        }
    }

    private static void option(StringBuilder sql, List<String> values, String keyword, @Nullable String value) {
        if (value != null) {
            sql.append(' ').append(keyword).append(" %L");
            values.add(value);
        }
    }

    /** Where the file system can, files are copied by reference; elsewhere the server copies them as ever. */
    private static void shareBlocks(Connection admin) throws SQLException {
        try (Statement statement = admin.createStatement();
                ResultSet row = statement.executeQuery("SELECT 'clone' = ANY (s.enumvals) FROM pg_catalog.pg_settings s"
                        + " WHERE s.name = 'file_copy_method'")) {
            if (row.next() && row.getBoolean(1)) {
                Ddl.run(admin, "SET file_copy_method = 'clone'");
            }
        }
    }

    private SQLException explained(SQLException failure) {
        String state = failure.getSQLState();
        if ("23505".equals(state)) {
            // Somebody created it at the same moment without asking this program.
            throw PgException.error(SqlState.DUPLICATE_DATABASE, "database \"" + name + "\" already exists")
                    .withDetail("It was created at this very moment.")
                    .withCause(failure);
        }
        boolean ownLocale = encoding == null && lcCollate == null && lcCtype == null;
        if (SqlState.INVALID_PARAMETER_VALUE.code().equals(state)
                && !ownLocale
                && !template.name().equals("template0")) {
            throw io.pgclonedb.proxy.admin.ServerErrors.pgException(failure)
                    .withHint("Only template0 can be cloned with another encoding or locale, template1 cannot: leave"
                            + " encoding, lc_collate and lc_ctype out, or clone template0.");
        }
        return failure;
    }

    /** The size of a database with all its tablespaces, in bytes. */
    static long size(Connection admin, Database database) throws SQLException {
        try (PreparedStatement statement =
                admin.prepareStatement("SELECT COALESCE(pg_catalog.pg_database_size(?::oid), 0)")) {
            statement.setLong(1, database.oid());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
