package io.pgclonedb.it.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.proxy.error.PgException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OpenCloseDatabaseIT {
    @RegisterExtension
    private static final OperationServer server = new OperationServer();

    private String database() throws SQLException {
        String database = server.database("source");
        server.execute("CREATE DATABASE " + database);
        return database;
    }

    @Test
    void opensAndCloses() throws Exception {
        String database = database();
        Caller caller = server.caller();

        assertThat(caller.call("close_database", "dbname", database).answered())
                .isEqualTo("database \"" + database + "\" closed");
        assertThat(server.flags(database)).isEqualTo("false true -1");
        assertThat(caller.call("close_database", "dbname", database).answered())
                .isEqualTo("database \"" + database + "\" is already closed");

        assertThat(caller.call("open_database", "dbname", database).answered())
                .isEqualTo("database \"" + database + "\" opened");
        assertThat(server.flags(database)).isEqualTo("true false -1");
        assertThat(server.lastAudit()).isEqualTo("open_database " + database + " succeeded");
        assertThat(caller.call("open_database", "dbname", database).answered())
                .isEqualTo("database \"" + database + "\" is already open");
    }

    @Test
    void terminatesTheSessionsOfADatabaseThatIsClosed() throws Exception {
        String database = database();
        try (Connection first = server.connect(database);
                Connection second = server.connect(database)) {
            assertThat(server.caller()
                            .call("close_database", "dbname", database)
                            .answered())
                    .isEqualTo("database \"" + database + "\" closed (2 sessions terminated)");
            assertThat(first.isValid(5)).isFalse();
            assertThat(second.isValid(5)).isFalse();
        }
        assertThat(server.ask("SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database + "'"))
                .isEqualTo("0");
    }

    @Test
    void terminatesClientsThatReconnectWithoutPause() throws Exception {
        String database = database();
        AtomicBoolean stop = new AtomicBoolean();
        ExecutorService clients = Executors.newFixedThreadPool(2);
        for (int client = 0; client < 2; client++) {
            clients.execute(() -> {
                while (!stop.get()) {
                    try (Connection connection = server.connect(database, "postgres", OperationServer.PASSWORD)) {
                        connection.isValid(5);
                    } catch (SQLException refusedOrTerminated) {
                        // Try again, as a connection pool would.
                    }
                }
            });
        }
        try {
            server.caller().call("close_database", "dbname", database).answered();
            assertThat(server.ask("SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database
                            + "' AND backend_type = 'client backend' AND usename IS NOT NULL"))
                    .isEqualTo("0");
        } finally {
            stop.set(true);
            clients.shutdown();
            assertThat(clients.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void leavesADatabaseInUseAsItWasWhenSessionsAreNotToBeTerminated() throws Exception {
        String database = database();
        Connection user = server.connect(database);
        PgException error = server.caller()
                .call("close_database", "dbname", database, "terminate_backends", false)
                .failed();

        assertThat(error.sqlState()).isEqualTo("55006");
        assertThat(error.detail())
                .contains("pid " + OperationServer.pid(user))
                .contains("role \"postgres\"")
                .contains("application \"PostgreSQL JDBC Driver\"");
        assertThat(error.hint()).contains("terminate_backends := true");
        assertThat(user.isValid(5)).isTrue();
        assertThat(server.flags(database)).isEqualTo("true false -1");
        assertThat(server.lastAudit()).isEqualTo("close_database " + database + " failed 55006");

        user.close();
        server.caller()
                .call("close_database", "dbname", database, "terminate_backends", false)
                .answered();
        assertThat(server.flags(database)).isEqualTo("false true -1");
    }

    @Test
    void refusesToCloseTheDatabaseOfTheCallersOwnSession() throws Exception {
        String database = database();

        PgException error = server.caller(database, server.admin(), OperationServer.PASSWORD)
                .call("close_database", "dbname", database)
                .failed();

        assertThat(error.sqlState()).isEqualTo("55006");
        assertThat(error.hint()).contains("Connect to another database");
        assertThat(server.flags(database)).isEqualTo("true false -1");
    }

    @Test
    void refusesWhatDoesNotExist() throws Exception {
        for (String function : new String[] {"open_database", "close_database", "drop_database"}) {
            PgException error = server.caller()
                    .call(function, "dbname", server.database("none"))
                    .failed();

            assertThat(error.sqlState()).isEqualTo("3D000");
            assertThat(error.text()).isEqualTo("database \"" + server.database("none") + "\" does not exist");
            assertThat(server.lastAudit()).isEqualTo(function + " " + server.database("none") + " failed 3D000");
        }
    }

    @Test
    void refusesAnInvalidDatabaseAndAnUnfinishedClone() throws Exception {
        String database = database();
        for (String state : new String[] {
            "UPDATE pg_database SET datconnlimit = -2 WHERE datname = '" + database + "'",
            "UPDATE pg_database SET datconnlimit = 0, datallowconn = false WHERE datname = '" + database + "'"
        }) {
            server.execute(state);
            for (String function : new String[] {"open_database", "close_database"}) {
                PgException error =
                        server.caller().call(function, "dbname", database).failed();

                assertThat(error.sqlState()).isEqualTo("55000");
                assertThat(error.hint()).contains("drop_database('" + database + "')");
            }
        }
        server.caller().call("show_config").answered();
    }

    @Test
    void endsAtOnceWhenTheCallersOwnTransactionHoldsTheDatabase() throws Exception {
        String database = database();
        Caller caller = server.superuser();
        caller.session().setAutoCommit(false);
        caller.execute("ALTER DATABASE " + database + " CONNECTION LIMIT 5");
        server.execute("SELECT 1");

        PgException error = caller.call("close_database", "dbname", database).failed();

        assertThat(error.sqlState()).isEqualTo("55006");
        assertThat(error.hint()).contains("COMMIT or ROLLBACK");
        caller.session().rollback();
        assertThat(server.flags(database)).isEqualTo("true false -1");
    }
}
