package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What keeps a database from being dropped even when no session is in it. */
enum DatabaseUses {
    SLOT(
            "a replication slot",
            "Replication slots",
            "drop the slot with pg_drop_replication_slot",
            "SELECT s.slot_name FROM pg_catalog.pg_replication_slots s"
                    + " JOIN pg_catalog.pg_database d ON d.datname = s.database WHERE d.oid = ?::oid ORDER BY 1"),
    SUBSCRIPTION(
            "a subscription",
            "Subscriptions",
            "connect to the database and run DROP SUBSCRIPTION",
            "SELECT s.subname FROM pg_catalog.pg_subscription s WHERE s.subdbid = ?::oid ORDER BY 1"),
    PREPARED_TRANSACTION(
            "a prepared transaction",
            "Prepared transactions",
            "connect to the database and run COMMIT PREPARED or ROLLBACK PREPARED",
            "SELECT p.gid FROM pg_catalog.pg_prepared_xacts p"
                    + " JOIN pg_catalog.pg_database d ON d.datname = p.database WHERE d.oid = ?::oid ORDER BY 1");

    private final String what;
    private final String title;
    private final String remedy;
    private final String query;

    DatabaseUses(String what, String title, String remedy, String query) {
        this.what = what;
        this.title = title;
        this.remedy = remedy;
        this.query = query;
    }

    /** Throws 55006 that names them when there are any. */
    static void requireNone(Connection admin, Database database) throws SQLException {
        for (DatabaseUses use : values()) {
            List<String> names = use.names(admin, database);
            if (!names.isEmpty()) {
                throw PgException.error(
                                SqlState.OBJECT_IN_USE, "database \"" + database.name() + "\" is used by " + use.what)
                        .withDetail(use.title + ": "
                                + names.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", ")) + ".")
                        .withHint("First " + use.remedy + ".");
            }
        }
    }

    private List<String> names(Connection admin, Database database) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = admin.prepareStatement(query)) {
            statement.setLong(1, database.oid());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
        }
        return names;
    }
}
