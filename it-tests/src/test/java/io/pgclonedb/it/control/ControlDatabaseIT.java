package io.pgclonedb.it.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.pgclonedb.proxy.control.AuditLog;
import io.pgclonedb.proxy.control.ControlDatabase;
import io.pgclonedb.proxy.control.ControlInspection;
import io.pgclonedb.proxy.error.PgException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlDatabaseIT {
    private static final String STRANGER = "control_it_stranger";

    private final ControlServer server = new ControlServer();

    @AfterEach
    void removeWhatIsLeft() throws SQLException {
        server.close();
        server.execute("DROP ROLE IF EXISTS " + STRANGER);
    }

    @Test
    void isCreatedOnceWhenSeveralProxiesStartAtTheSameMoment() throws Exception {
        int proxies = 4;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(proxies);
        List<Future<ControlDatabase>> opening = new ArrayList<>();
        for (int proxy = 0; proxy < proxies; proxy++) {
            opening.add(threads.submit(() -> {
                start.await();
                return server.open();
            }));
        }

        start.countDown();

        for (Future<ControlDatabase> proxy : opening) {
            try (ControlDatabase control = proxy.get()) {
                assertThat(control.up()).isTrue();
            }
        }
        threads.shutdown();
        assertThat(server.askControl("SELECT count(*) FROM control.migrations")).isEqualTo("1");
        assertThat(server.ask("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'pgclonedb_user'"))
                .isEqualTo("f");
    }

    @Test
    void keepsItsRowsWhenItIsOpenedAgain() throws SQLException {
        try (ControlDatabase first = server.open()) {
            new AuditLog(first).denied(ControlServer.entry(1, "drop_database", "other"), "42501", "no");
        }

        try (ControlDatabase second = server.open()) {
            assertThat(new AuditLog(second).rowsAsJson(null, 10, null)).contains("drop_database");
        }
    }

    @Test
    void letsNobodyElseConnect() throws SQLException {
        server.execute("CREATE ROLE " + STRANGER + " LOGIN PASSWORD 'stranger'");
        try (ControlDatabase control = server.open()) {
            assertThatThrownBy(() -> server.connect(control.name(), STRANGER, "stranger"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            error -> assertThat(error.getSQLState()).isEqualTo("42501"));
        }
    }

    @Test
    void revokesConnectFromPublicAgainWhenSomebodyGrantedIt() throws SQLException {
        server.open().close();
        server.execute("GRANT CONNECT ON DATABASE " + server.name() + " TO PUBLIC");

        server.open().close();

        assertThat(server.ask("SELECT has_database_privilege('public', '" + server.name() + "', 'CONNECT')"))
                .isEqualTo("f");
    }

    @Test
    void finishesACreationThatWasCutOff() throws SQLException {
        server.execute("CREATE DATABASE " + server.name() + " TEMPLATE template0 ENCODING 'UTF8'"
                + " LC_COLLATE 'C' LC_CTYPE 'C' ALLOW_CONNECTIONS false");

        try (ControlDatabase control = server.open()) {
            assertThat(new AuditLog(control).rowsAsJson(null, 10, null)).isEqualTo("[]");
        }
    }

    @Test
    void isRefusedWhenItIsSomebodyElses() throws SQLException {
        server.execute("CREATE ROLE " + STRANGER, "CREATE DATABASE " + server.name() + " OWNER " + STRANGER);

        PgException error = catchThrowableOfType(PgException.class, server::open);

        assertThat(error.sqlState()).isEqualTo("55000");
        assertThat(error.text()).contains("belongs to role \"" + STRANGER + "\"");
        server.close();
    }

    @Test
    void isRefusedWhenANewerProxyMadeIt() throws SQLException {
        server.open().close();
        server.executeIn(server.name(), "INSERT INTO control.migrations (version, name) VALUES (999, 'later')");

        PgException error = catchThrowableOfType(PgException.class, server::open);

        assertThat(error.sqlState()).isEqualTo("55000");
        assertThat(error.text()).contains("newer version of pgclonedb");
        assertThat(inspect().problems()).singleElement().asString().contains("newer version");
    }

    @Test
    void isOnlyLookedAtByAnInspection() throws SQLException {
        ControlInspection before = inspect();
        assertThat(before.databaseExists()).isFalse();
        assertThat(before.problems()).isEmpty();
        assertThat(before.toDo()).anyMatch(line -> line.contains("create the control database"));
        assertThat(server.ask("SELECT count(*) FROM pg_database WHERE datname = '" + server.name() + "'"))
                .isEqualTo("0");

        server.open().close();

        ControlInspection after = inspect();
        assertThat(after.databaseExists()).isTrue();
        assertThat(after.userRoleExists()).isTrue();
        assertThat(after.toDo()).isEmpty();
        assertThat(after.problems()).isEmpty();
    }

    private ControlInspection inspect() {
        return ControlDatabase.inspect(server.connections(), server.backend(), server.name());
    }

    @Test
    void refusesToRecordWhileItIsAwayAndRecoversByItself() throws Exception {
        try (ControlDatabase control = server.open()) {
            AuditLog audit = new AuditLog(control);
            server.execute(
                    "ALTER DATABASE " + server.name() + " ALLOW_CONNECTIONS false",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + server.name() + "'");

            PgException error = catchThrowableOfType(
                    PgException.class, () -> audit.denied(ControlServer.entry(1, "help", "x"), "42501", "no"));

            assertThat(error.sqlState()).isEqualTo("55000");
            assertThat(error.text()).isEqualTo("operation cannot be recorded");
            assertThat(error.hint()).contains("./pgclonedb check");
            assertThat(control.up()).isFalse();

            server.execute("ALTER DATABASE " + server.name() + " ALLOW_CONNECTIONS true");
            audit.denied(ControlServer.entry(1, "help", "x"), "42501", "no");
            assertThat(control.up()).isTrue();
        }
    }

    @Test
    void refusesToRecordWhileItIsReadOnly() throws SQLException {
        try (ControlDatabase control = server.open()) {
            PgException error = catchThrowableOfType(
                    PgException.class,
                    () -> control.transaction(connection -> {
                        connection.createStatement().execute("SET TRANSACTION READ ONLY");
                        return new AuditLog(control).intent(connection, ControlServer.entry(1, "x", "y"));
                    }));

            assertThat(error.sqlState()).isEqualTo("55000");
            assertThat(error.text()).isEqualTo("operation cannot be recorded");
        }
    }
}
