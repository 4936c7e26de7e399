package io.pgclonedb.it.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.calls.PendingCall;
import io.pgclonedb.it.waiting.Eventually;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.operation.CancelReason;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DropDatabaseIT {
    @RegisterExtension
    private static final OperationServer server = new OperationServer();

    private String database() throws SQLException {
        String database = server.database("dev");
        server.execute("CREATE DATABASE " + database);
        return database;
    }

    @Test
    void dropsADatabaseThatNobodyUses() throws Exception {
        String database = database();

        assertThat(server.caller()
                        .call("drop_database", "dbname", database, "force", false)
                        .answered())
                .isEqualTo("database \"" + database + "\" dropped");
        assertThat(server.flags(database)).isEmpty();
        assertThat(server.lastAudit()).isEqualTo("drop_database " + database + " succeeded");
    }

    @Test
    void terminatesSessionsUnlessToldOtherwise() throws Exception {
        String database = database();
        Connection user = server.connect(database);
        assertThat(server.caller().call("drop_database", "dbname", database).answered())
                .isEqualTo("database \"" + database + "\" dropped (1 session terminated)");
        assertThat(user.isValid(5)).isFalse();
        assertThat(server.flags(database)).isEmpty();
    }

    @Test
    void failsWhenThereAreSessionsThatAreNotToBeTerminated() throws Exception {
        String database = database();
        Connection user = server.connect(database);
        PgException error = server.caller()
                .call("drop_database", "dbname", database, "force", false)
                .failed();

        assertThat(error.sqlState()).isEqualTo("55006");
        assertThat(error.detail())
                .contains("pid " + OperationServer.pid(user))
                .contains("role \"postgres\"")
                .contains("application \"PostgreSQL JDBC Driver\"");
        assertThat(error.hint()).contains("force := true");
        assertThat(user.isValid(5)).isTrue();
        assertThat(server.flags(database)).isEqualTo("true false -1");
    }

    @Test
    void refusesAClosedTemplateUntilItIsOpened() throws Exception {
        String database = database();
        server.execute("ALTER DATABASE " + database + " ALLOW_CONNECTIONS false IS_TEMPLATE true");
        for (Caller caller : new Caller[] {server.caller(), server.superuser()}) {
            PgException error = caller.call("drop_database", "dbname", database).failed();

            assertThat(error.sqlState()).isEqualTo("55006");
            assertThat(error.hint())
                    .isEqualTo("Open it first with SELECT pgclonedb.open_database('" + database + "').");
        }

        server.caller().call("open_database", "dbname", database).answered();
        server.caller().call("drop_database", "dbname", database).answered();
        assertThat(server.flags(database)).isEmpty();
    }

    @Test
    void refusesTheDatabaseOfTheCallersOwnSession() throws Exception {
        String database = database();

        PgException error = server.caller(database, server.admin(), OperationServer.PASSWORD)
                .call("drop_database", "dbname", database)
                .failed();

        assertThat(error.sqlState()).isEqualTo("55006");
        assertThat(error.text()).isEqualTo("cannot drop the currently open database");
        assertThat(server.flags(database)).isEqualTo("true false -1");
    }

    @Test
    void namesTheReplicationSlotThatUsesTheDatabase() throws Exception {
        String database = database();
        String slot = server.database("slot");
        server.executeIn(database, "SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");
        try {
            for (boolean force : new boolean[] {true, false}) {
                PgException error = server.caller()
                        .call("drop_database", "dbname", database, "force", force)
                        .failed();

                assertThat(error.sqlState()).isEqualTo("55006");
                assertThat(error.detail()).contains(slot);
                assertThat(error.hint()).contains("pg_drop_replication_slot");
            }
            assertThat(server.flags(database)).isEqualTo("true false -1");
        } finally {
            server.execute("SELECT pg_drop_replication_slot('" + slot + "')");
        }
    }

    @Test
    void namesTheSubscriptionThatUsesTheDatabase() throws Exception {
        String database = database();
        String subscription = server.database("sub");
        server.executeIn(
                database,
                "CREATE SUBSCRIPTION " + subscription + " CONNECTION 'host=127.0.0.1 dbname=nowhere' PUBLICATION p"
                        + " WITH (connect = false)");
        try {
            PgException error =
                    server.caller().call("drop_database", "dbname", database).failed();

            assertThat(error.sqlState()).isEqualTo("55006");
            assertThat(error.detail()).contains(subscription);
            assertThat(server.flags(database)).isEqualTo("true false -1");
        } finally {
            server.executeIn(
                    database,
                    "ALTER SUBSCRIPTION " + subscription + " SET (slot_name = NONE)",
                    "DROP SUBSCRIPTION " + subscription);
        }
    }

    @Test
    void namesThePreparedTransactionThatUsesTheDatabase() throws Exception {
        String database = database();
        String gid = server.database("gid's");
        server.executeIn(database, "BEGIN; CREATE TABLE p (); PREPARE TRANSACTION '" + gid.replace("'", "''") + "'");
        try {
            PgException error =
                    server.caller().call("drop_database", "dbname", database).failed();

            assertThat(error.sqlState()).isEqualTo("55006");
            assertThat(error.detail()).contains(gid);
        } finally {
            server.executeIn(database, "ROLLBACK PREPARED '" + gid.replace("'", "''") + "'");
        }
    }

    @Test
    void dropsAnInvalidDatabaseAndAnUnfinishedClone() throws Exception {
        for (String state : new String[] {"-2", "0"}) {
            String database = database();
            server.execute("UPDATE pg_database SET datallowconn = false, datconnlimit = " + state + " WHERE datname = '"
                    + database + "'");

            server.caller().call("drop_database", "dbname", database).answered();

            assertThat(server.flags(database)).isEmpty();
        }
    }

    @Test
    void letsClientsInAgainWhenADropIsCancelled() throws Exception {
        String database = database();
        Connection blocker = server.connect("postgres");
        blocker.setAutoCommit(false);
        try (var statement = blocker.createStatement()) {
            // DROP DATABASE has to wait for this; ALTER DATABASE has not.
            statement.execute("COMMENT ON DATABASE " + database + " IS 'held'");
        }
        PendingCall call = server.caller().start("drop_database", "dbname", database);
        Eventually.isTrue(() -> server.ask("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'DROP DATABASE "
                        + database + "%' AND wait_event_type = 'Lock'")
                .equals("1"));

        call.cancel(CancelReason.USER_REQUEST);

        assertThat(call.await().sqlState()).isEqualTo("57014");
        blocker.rollback();
        assertThat(server.flags(database)).isEqualTo("true false -1");
        server.connect(database).close();
    }
}
