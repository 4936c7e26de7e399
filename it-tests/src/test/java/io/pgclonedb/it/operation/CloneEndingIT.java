package io.pgclonedb.it.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.it.calls.CallResult;
import io.pgclonedb.it.calls.PendingCall;
import io.pgclonedb.it.waiting.Eventually;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.operation.CallServices;
import io.pgclonedb.proxy.operation.CancelReason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CloneEndingIT {
    @RegisterExtension
    private static final OperationServer server = new OperationServer();

    /** Of the template that is there; comes back when the clone has been copied. */
    private PendingCall heldBackClone(Duration timeout) throws Exception {
        String clone = server.database("dev");
        PendingCall call = server.caller()
                .start(timeout, "create_database", "dbname", clone, "template", server.database("source"));
        Eventually.isTrue(() -> call.ended() || server.flags(clone).equals("false false 0"));
        return call;
    }

    private static Connection holdBack() throws SQLException {
        server.template();
        return server.holdBackClones();
    }

    @Test
    void leavesNothingOfACloneThatIsCancelledWhenItIsCopied() throws Exception {
        holdBack();
        PendingCall call = heldBackClone(null);

        call.cancel(CancelReason.USER_REQUEST);
        PgException error = call.await().failed();

        assertThat(error.sqlState()).isEqualTo("57014");
        assertThat(error.text()).isEqualTo("canceling statement due to user request");
        assertThat(server.flags(server.database("dev"))).isEmpty();
        assertThat(server.lastAudit()).isEqualTo("create_database " + server.database("dev") + " failed 57014");
    }

    @Test
    void leavesNothingOfACloneThatIsCancelledWhileTheServerCreatesIt() throws Exception {
        String template = server.template();
        server.connect(template);
        PendingCall call =
                server.caller().start("create_database", "dbname", server.database("dev"), "template", template);
        Eventually.isTrue(() -> server.ask("SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'CREATE DATABASE "
                        + server.database("dev") + "%' AND state = 'active'")
                .equals("1"));

        call.cancel(CancelReason.SHUTDOWN);

        assertThat(call.await().failed().text()).isEqualTo("canceling statement because the proxy is shutting down");
        assertThat(server.flags(server.database("dev"))).isEmpty();
    }

    @Test
    void endsWithTheStatementTimeoutOfTheSession() throws Exception {
        holdBack();
        PendingCall call = heldBackClone(Duration.ofSeconds(2));

        PgException error = call.await().failed();

        assertThat(error.sqlState()).isEqualTo("57014");
        assertThat(error.text()).isEqualTo("canceling statement due to statement timeout");
        assertThat(server.flags(server.database("dev"))).isEmpty();
    }

    @Test
    void endsAtOnceWhenTheCallersOwnSessionHoldsTheLockItWaitsFor() throws Exception {
        String template = server.template();
        Caller caller = server.superuser();
        server.holdBackClones(caller.session());

        PgException error = caller.call("create_database", "dbname", server.database("dev"), "template", template)
                .failed();

        assertThat(error.sqlState()).isEqualTo("55006");
        assertThat(error.hint()).contains("COMMIT or ROLLBACK");
        caller.session().rollback();
        assertThat(server.flags(server.database("dev"))).isEmpty();
    }

    @Test
    void dropsTheCloneAgainWhenItCannotBeFinished() throws Exception {
        holdBack();
        PendingCall call = heldBackClone(null);

        // lock_timeout of the proxy
        assertThat(call.await().sqlState()).isEqualTo("55P03");
        assertThat(server.flags(server.database("dev"))).isEmpty();
    }

    @Test
    void tellsTheCallerHowFarItIsWhenItTakesLong() throws Exception {
        Connection blocker = holdBack();
        PendingCall call = heldBackClone(null);

        Eventually.isTrue(() -> !call.notices().isEmpty());

        assertThat(call.notices().get(0).severity()).isEqualTo("NOTICE");
        assertThat(call.notices().get(0).message()).startsWith("cloning into \"" + server.database("dev") + "\": ");
        blocker.rollback();
        call.await().answered();
    }

    @Test
    void measuresWhatIsWrittenBeforeTheDatabaseIsInTheCatalog() throws Exception {
        holdBack();
        PendingCall call = heldBackClone(null);

        // What the directory of a database that is being copied looks like.
        program("mkdir base/4000000000 && head -c 1048576 /dev/zero > base/4000000000/1");
        try {
            Eventually.isTrue(() -> call.ended()
                    || call.notices().stream()
                            .anyMatch(notice -> notice.message().contains(" % (1.0 MB of ")));

            assertThat(call.ended()).isFalse();
        } finally {
            program("rm -r base/4000000000");
        }
        call.await();
    }

    private static void program(String command) throws SQLException {
        server.execute("COPY (SELECT 1) TO PROGRAM 'cat > /dev/null; " + command + "'");
    }

    @Test
    void letsOneOfTwoClonesOfTheSameNameWin() throws Exception {
        String template = server.template();
        String clone = server.database("dev");
        try (CallServices other = server.anotherProxy()) {
            Caller caller = server.caller();
            List<PendingCall> calls = List.of(
                    caller.start("create_database", "dbname", clone, "template", template),
                    caller.through(other).start("create_database", "dbname", clone, "template", template));
            int succeeded = 0;
            for (PendingCall call : calls) {
                CallResult result = call.await();
                if (result.error() == null) {
                    succeeded++;
                } else {
                    assertThat(result.sqlState()).isEqualTo("42P04");
                }
            }
            assertThat(succeeded).isEqualTo(1);
        }
        assertThat(server.flags(clone)).isEqualTo("true false -1");
    }

    @Test
    void saysAtOnceThatTheNameIsTakenWhileAnotherCallCreatesIt() throws Exception {
        Connection blocker = holdBack();
        PendingCall first = heldBackClone(null);

        PgException error = server.caller()
                .call("create_database", "dbname", server.database("dev"), "template", server.database("source"))
                .failed();

        assertThat(error.sqlState()).isEqualTo("42P04");
        assertThat(error.detail()).contains("creating it at this moment");
        blocker.rollback();
        first.await().answered();
    }

    @Test
    void saysThatTheNameIsTakenWhenSomebodyElseCreatesItAtTheSameMoment() throws Exception {
        String clone = server.database("dev");
        String template = server.template();
        for (int attempt = 0; attempt < 3; attempt++) {
            PendingCall call = server.caller().start("create_database", "dbname", clone, "template", template);
            try {
                server.execute("CREATE DATABASE " + clone + " TEMPLATE template0");
                assertThat(call.await().sqlState()).isEqualTo("42P04");
            } catch (SQLException lost) {
                assertThat(lost.getSQLState()).isIn("23505", "42P04");
                call.await().answered();
            }
            server.execute("DROP DATABASE " + clone);
        }
    }

    @Test
    void makesSeveralClonesOfOneTemplateAtOnce() throws Exception {
        String template = server.template();
        Caller caller = server.caller();
        List<PendingCall> calls = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            calls.add(caller.start("create_database", "dbname", server.database("c" + number), "template", template));
        }
        for (PendingCall call : calls) {
            call.await().answered();
        }
    }

    @Test
    void cancelsACallThatStillWaitsForAThread() throws Exception {
        Connection blocker = holdBack();
        String template = server.database("source");
        Caller caller = server.caller();
        List<PendingCall> running = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            running.add(caller.start("create_database", "dbname", server.database("c" + number), "template", template));
        }
        Eventually.isTrue(() -> server.services().unfinished() == 4
                && server.ask("SELECT count(*) FROM pg_database WHERE datname LIKE '" + server.database("c_") + "'")
                        .equals("4"));
        PendingCall waiting = caller.start("help");

        waiting.cancel(CancelReason.USER_REQUEST);

        assertThat(waiting.await().sqlState()).isEqualTo("57014");
        blocker.rollback();
        for (PendingCall call : running) {
            call.await().answered();
        }
    }
}
