package io.pgclonedb.it.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.calls.PendingCall;
import io.pgclonedb.it.waiting.Eventually;
import io.pgclonedb.policy.Arguments;
import io.pgclonedb.policy.DenialReason;
import io.pgclonedb.policy.Function;
import io.pgclonedb.policy.FunctionCatalog;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.operation.CallContext;
import io.pgclonedb.proxy.operation.CallObserver;
import io.pgclonedb.proxy.operation.CallRequest;
import io.pgclonedb.proxy.operation.CallServices;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallServicesIT {
    private static final Observed observer = new Observed();

    @RegisterExtension
    private static final OperationServer server = new OperationServer(observer, null);

    @Test
    void refusesAStrangerAndRecordsIt() throws Exception {
        server.execute("CREATE ROLE " + server.database("stranger") + " LOGIN PASSWORD 'demo'");

        PgException error = server.caller("postgres", server.database("stranger"), "demo")
                .call("drop_database", "dbname", server.database("dev"))
                .failed();

        assertThat(error.sqlState()).isEqualTo("42501");
        assertThat(error.hint()).isNotEmpty();
        assertThat(
                        server.askControl(
                                "SELECT caller || ' ' || outcome || ' ' || sqlstate || ' ' || client_address || ' '"
                                        + " || application_name || ' ' || arguments::text FROM control.audit ORDER BY id DESC LIMIT 1"))
                .isEqualTo(server.database("stranger") + " denied 42501 192.0.2.7 operation test {\"dbname\": \""
                        + server.database("dev") + "\"}");
        assertThat(observer.denials).contains("caller");
    }

    @Test
    void refusesADatabaseOutOfScopeWhetherItExistsOrNot() throws Exception {
        for (String name : new String[] {"other_db", "postgres", "template1"}) {
            PgException error =
                    server.caller().call("close_database", "dbname", name).failed();
            assertThat(error.sqlState()).isEqualTo("42501");
        }
        assertThat(server.caller()
                        .call("close_database", "dbname", "other_db")
                        .error()
                        .text())
                .isEqualTo("database \"other_db\" is out of scope for role \"" + server.admin() + "\"");
    }

    @Test
    void refusesAnotherOnesRoleAsOwner() throws Exception {
        server.execute("CREATE DATABASE " + server.database("source"));

        assertThat(server.caller()
                        .call(
                                "create_database",
                                "dbname",
                                server.database("dev"),
                                "template",
                                server.database("source"),
                                "owner",
                                "postgres")
                        .sqlState())
                .isEqualTo("42501");
    }

    @Test
    void knowsTheCallerByTheRoleThatLoggedIn() throws Exception {
        Caller superuser = server.superuser();
        superuser.execute("SET SESSION AUTHORIZATION " + server.admin());
        assertThat(superuser.call("help").answered()).contains("is a superuser");

        Caller admin = server.caller();
        admin.execute("SET ROLE pgclonedb_user");
        assertThat(admin.call("help").answered()).contains("\"" + server.admin() + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "REVOKE pgclonedb_user FROM %s",
                "ALTER ROLE %s NOLOGIN",
                "ALTER ROLE %s VALID UNTIL '2020-01-01'",
                "DROP ROLE %s",
                "DROP ROLE %1$s; CREATE ROLE %1$s LOGIN IN ROLE pgclonedb_user"
            })
    void refusesACallerWhoHasLostHisRightsSinceHeLoggedIn(String change) throws Exception {
        String role = server.database("x") + "_db_admin";
        server.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'demo' IN ROLE pgclonedb_user");
        Caller caller = server.caller("postgres", role, "demo");
        caller.call("help").answered();

        server.execute(String.format(change, role));

        assertThat(caller.call("help").sqlState()).isEqualTo("42501");
        assertThat(server.lastAudit()).isEqualTo("help denied 42501");
    }

    @Test
    void refusesACallForASessionThatIsGone() throws Exception {
        Caller caller = server.caller();
        int pid = OperationServer.pid(caller.session());
        PendingCall call = caller.start("help");
        call.await().answered();
        server.execute("SELECT pg_terminate_backend(" + pid + ")");
        Eventually.isTrue(() -> server.ask("SELECT count(*) FROM pg_stat_activity WHERE pid = " + pid)
                .equals("0"));

        CallContext context = new CallContext(server.admin(), pid, "postgres", "192.0.2.7", "", null, false);
        Function help = FunctionCatalog.find("help").orElseThrow();
        PendingCall late =
                PendingCall.start(server.services(), new CallRequest(context, help, new Arguments(help, Map.of())));

        assertThat(late.await().sqlState()).isEqualTo("42501");
    }

    @Test
    void recordsAWrongArgumentAsAFailure() throws Exception {
        assertThat(server.superuser().call("configure", "min_free_bytes", -2L).sqlState())
                .isEqualTo("22023");
        assertThat(server.lastAudit()).isEqualTo("configure failed 22023");
    }

    @Test
    void readsWithoutLeavingARecord() throws Exception {
        String before = server.askControl("SELECT count(*) FROM control.audit");

        Caller caller = server.caller();
        assertThat(caller.call("help").answered()).contains("create_database  [enabled]");
        assertThat(caller.call("help", "function_name", "close_database").answered())
                .contains("terminate_backends");
        assertThat(caller.call("show_config").answered())
                .contains("{\"setting\":\"min_free_bytes\",\"value\":\"-1\",\"description\":")
                .contains("{\"setting\":\"audit_retention\",\"value\":")
                .contains("{\"setting\":\"create_role\",\"value\":\"disabled\"")
                .contains("{\"setting\":\"help\",\"value\":\"enabled\"");
        caller.call("get_audit_log").answered();

        assertThat(server.askControl("SELECT count(*) FROM control.audit")).isEqualTo(before);
    }

    @Test
    void showsACallerHisOwnRowsAndASuperuserAll() throws Exception {
        server.caller().call("drop_database", "dbname", server.database("mine"));
        server.superuser().call("drop_database", "dbname", server.database("theirs"));

        assertThat(server.caller()
                        .call("get_audit_log", "filter_operation", "drop_database")
                        .answered())
                .contains(server.database("mine"))
                .doesNotContain(server.database("theirs"));
        assertThat(server.superuser().call("get_audit_log", "max_rows", 2).answered())
                .contains(server.database("mine"))
                .contains(server.database("theirs"));
    }

    @Test
    void configuresForEveryProxyAtOnce() throws Exception {
        try (CallServices other = server.anotherProxy()) {
            assertThat(server.superuser()
                            .call(
                                    "configure",
                                    "min_free_bytes",
                                    5L,
                                    "enable",
                                    "create_role, drop_role",
                                    "disable",
                                    "open_database",
                                    "audit_retention",
                                    "90 days")
                            .answered())
                    .isEqualTo("min_free_bytes set to 5; enabled create_role, drop_role; disabled open_database;"
                            + " audit_retention set to 90 days");

            assertThat(server.caller().through(other).call("show_config").answered())
                    .contains("\"min_free_bytes\",\"value\":\"5\"")
                    .contains("\"audit_retention\",\"value\":\"90 days\"")
                    .contains("\"open_database\",\"value\":\"disabled\"");
            assertThat(server.caller()
                            .through(other)
                            .call("open_database", "dbname", server.database("dev"))
                            .failed()
                            .text())
                    .isEqualTo("function pgclonedb.open_database is currently disabled");
        }
        server.superuser()
                .call("configure", "enable", "open_database", "disable", "create_role,drop_role")
                .answered();
        assertThat(server.lastAudit()).isEqualTo("configure succeeded");
        assertThat(server.caller().call("configure", "min_free_bytes", 5L).sqlState())
                .isEqualTo("42501");
        assertThat(server.superuser().call("configure").answered())
                .isEqualTo("nothing was given, so nothing was changed");
    }

    @Test
    void doesNothingThatItCannotRecord() throws Exception {
        server.execute("CREATE DATABASE " + server.database("dev"));
        Caller caller = server.caller();
        String control = server.control().name();
        server.execute(
                "ALTER DATABASE " + control + " ALLOW_CONNECTIONS false",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + control + "'");
        try {
            for (String function : new String[] {"drop_database", "close_database", "open_database"}) {
                PgException error =
                        caller.call(function, "dbname", server.database("dev")).failed();

                assertThat(error.sqlState()).isEqualTo("55000");
                assertThat(error.hint()).contains("./pgclonedb check");
            }
            assertThat(server.flags(server.database("dev"))).isEqualTo("true false -1");
        } finally {
            server.execute("ALTER DATABASE " + control + " ALLOW_CONNECTIONS true");
        }
        caller.call("drop_database", "dbname", server.database("dev")).answered();
    }

    @Test
    void tellsTheObserverOfEveryCall() throws Exception {
        observer.events.clear();
        server.execute("CREATE DATABASE " + server.database("source"));

        server.caller()
                .call("create_database", "dbname", server.database("dev"), "template", server.database("source"))
                .answered();
        server.caller().call("drop_database", "dbname", "other").failed();

        assertThat(observer.events)
                .containsExactly(
                        "started create_database",
                        "finished create_database succeeded",
                        "started drop_database",
                        "finished drop_database denied");
        assertThat(observer.bytes.get()).isGreaterThan(1_000_000);
    }

    /** Remembers what it heard. */
    private static final class Observed implements CallObserver {
        private final List<String> events = new CopyOnWriteArrayList<>();
        private final List<String> denials = new CopyOnWriteArrayList<>();
        private final AtomicLong bytes = new AtomicLong();

        @Override
        public void started(Function function) {
            events.add("started " + function.name());
        }

        @Override
        public void finished(Function function, Outcome outcome, Duration duration) {
            events.add("finished " + function.name() + " " + outcome.label());
        }

        @Override
        public void denied(Function function, DenialReason reason) {
            denials.add(reason.label());
        }

        @Override
        public void cloned(long cloned) {
            bytes.addAndGet(cloned);
        }
    }
}
