package io.pgclonedb.proxy.intercept;

import static io.pgclonedb.proxy.intercept.Messages.BOUND;
import static io.pgclonedb.proxy.intercept.Messages.CLOSED;
import static io.pgclonedb.proxy.intercept.Messages.DESCRIBED;
import static io.pgclonedb.proxy.intercept.Messages.FAILED;
import static io.pgclonedb.proxy.intercept.Messages.IDLE;
import static io.pgclonedb.proxy.intercept.Messages.IN_TRANSACTION;
import static io.pgclonedb.proxy.intercept.Messages.PARSED;
import static io.pgclonedb.proxy.intercept.Messages.SELECTED;
import static io.pgclonedb.proxy.intercept.Messages.SUSPENDED;
import static io.pgclonedb.proxy.intercept.Messages.SYNC;
import static io.pgclonedb.proxy.intercept.Messages.bind;
import static io.pgclonedb.proxy.intercept.Messages.carrier;
import static io.pgclonedb.proxy.intercept.Messages.closeStatement;
import static io.pgclonedb.proxy.intercept.Messages.describeStatement;
import static io.pgclonedb.proxy.intercept.Messages.error;
import static io.pgclonedb.proxy.intercept.Messages.execute;
import static io.pgclonedb.proxy.intercept.Messages.parse;
import static io.pgclonedb.proxy.intercept.Messages.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.protocol.backend.ParameterDescription;
import io.pgclonedb.protocol.backend.TransactionStatus;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExtendedQueryFlowsTest {
    private static final String DROP = "SELECT pgclonedb.drop_database($1)";
    private static final String RESET = "SELECT pgclonedb.reset_password($1, $2)";
    private static final String FAILING_BIND = "B to fail";
    private final PgException inUse = PgException.error(SqlState.OBJECT_IN_USE, "in use");

    private ScriptedWire wire = new ScriptedWire(TransactionStatus.IDLE);

    @AfterEach
    void close() {
        wire.close();
    }

    private void prepared(String name, String sql) {
        wire.client(parse(name, sql)).toldServer(("P " + name).strip(), "H");
        assertThat(wire.clientHeld()).isTrue();
        wire.server(PARSED).toldClient("1");
        assertThat(wire.clientHeld()).isFalse();
    }

    private void boundTo(String portal, String statement, String... values) {
        wire.client(bind(portal, statement, values));
        wire.server(BOUND).toldClient("2");
    }

    private void running(String argument) {
        wire.server(row(carrier(wire.nonce(), argument))).toldClient();
        assertThat(wire.calls.latest().argument("dbname")).isEqualTo(argument);
    }

    @Test
    void servesAPipelineInOrder() {
        wire.client(parse("", DROP), bind("", "", "a_b"), execute("", 0), SYNC).toldServer("P", "H");
        wire.server(PARSED).toldServer("B <[a_b]", "H");
        wire.server(BOUND).toldServer("E  0", "H").toldClient("1", "2");
        running("a_b");
        wire.run(() -> wire.calls.latest().succeed("dropped"))
                .toldClient("D [dropped]")
                .toldServer();
        wire.server(SELECTED).toldServer("S").toldClient("C SELECT 1");
        wire.server(IDLE).toldClient("Z IDLE");
    }

    /** In a transaction: without one, Sync ends the portal. */
    @Test
    void leavesTheTagOfTheNextStatementInTheUnnamedPortalAsItIs() {
        wire = new ScriptedWire(TransactionStatus.IN_TRANSACTION);
        prepared("", "CALL pgclonedb.drop_database($1)");
        boundTo("", "", "a_b");
        wire.client(execute("", 0));
        running("a_b");
        wire.run(() -> wire.calls.latest().succeed("dropped"));
        wire.server(SELECTED).client(SYNC).server(IN_TRANSACTION);
        wire.client(parse("", "INSERT INTO t VALUES (1)")).server(PARSED);
        wire.client(bind("", "")).server(BOUND).client(execute("", 0)).server(Messages.tag("INSERT 0 1"));
        wire.client(SYNC).server(IN_TRANSACTION);
        assertThat(wire.toldClientSoFar()).containsSubsequence("C CALL", "Z IN_TRANSACTION", "C INSERT 0 1");
    }

    @ParameterizedTest
    @EnumSource(TransactionStatus.class)
    void runsNothingAtParseBindAndDescribe(TransactionStatus status) {
        wire = new ScriptedWire(status);
        prepared("s", DROP);
        boundTo("p", "s", "a_b");
        wire.client(describeStatement("s"), SYNC);
        assertThat(wire.calls.started()).isEmpty();
    }

    @Test
    void failsTheServerWhenTheCallFailsAndLetsItSkipToSync() {
        prepared("", DROP);
        boundTo("", "", "a_b");
        wire.toldServer("B <[a_b]", "H")
                .client(execute("", 0), execute("", 0), SYNC)
                .toldServer("E  0", "H");
        running("a_b");
        wire.run(() -> wire.calls.latest().fail(inUse))
                .toldServer(FAILING_BIND, "H")
                .toldClient();
        wire.server(row("more"), SELECTED, error("26000", 0)).toldClient("E 55006 in use");
        // the second Execute is dropped here, the Sync goes on
        wire.toldServer("S").server(FAILED).toldClient("Z FAILED");
        assertThat(wire.calls.started()).hasSize(1);
    }

    @Test
    void tellsTheCallsErrorWhenTheServerFailsAtALaterRow() {
        prepared("", DROP);
        boundTo("", "", "a_b");
        wire.client(execute("", 0));
        running("a_b");
        wire.server(error("22012", 0));
        wire.run(() -> wire.calls.latest().fail(inUse)).toldClient("E 55006 in use");
        assertThat(wire.state.replies().skipping()).isTrue();
    }

    @Test
    void endsOnTheServersErrorBehindAnAnsweredRow() {
        prepared("", DROP);
        boundTo("", "", "a_b");
        wire.client(execute("", 0));
        running("a_b");
        wire.run(() -> wire.calls.latest().succeed("x"))
                .server(error("22012", 0))
                .toldClient("D [x]", "E 22012 server");
        assertThat(wire.clientHeld()).isFalse();
    }

    @Test
    void stopsAtARowLimitAndGoesOn() {
        prepared("s", DROP);
        boundTo("p", "s", "a_b");
        wire.client(execute("p", 1));
        running("a_b");
        wire.run(() -> wire.calls.latest().succeed("one")).server(SUSPENDED).toldClient("D [one]", "s");
        wire.client(execute("p", 1));
        running("a_c");
        wire.run(() -> wire.calls.latest().fail(inUse))
                .server(SUSPENDED, error("26000", 0))
                .toldClient("E 55006 in use");
        assertThat(wire.calls.started()).hasSize(2);
    }

    @Test
    void runsAgainWhenAStatementIsBoundAgain() {
        prepared("s", DROP);
        for (String database : List.of("a_b", "a_c")) {
            boundTo("", "s", database);
            wire.client(execute("", 0), SYNC);
            running(database);
            wire.run(() -> wire.calls.latest().succeed("x"))
                    .server(SELECTED, IDLE)
                    .toldClient("D [x]", "C SELECT 1", "Z IDLE");
        }
        assertThat(wire.calls.started()).hasSize(2);
    }

    @Test
    void keepsABoundSecretFromTheServer() {
        prepared("", RESET);
        wire.client(bind("", "", "a_app", "hunter2")).toldServer("B <[a_app, NULL]", "H");
        wire.server(BOUND);
        wire.client(execute("", 0)).server(row(carrier(wire.nonce(), "a_app", null)));
        assertThat(wire.calls.latest().argument("new_password")).isEqualTo("hunter2");
        wire.run(() -> wire.calls.latest().fail(inUse));
        assertThat(wire.allToServer()).doesNotContain("hunter2");
    }

    @Test
    void keepsASecretFromTheServerInAFailedTransaction() {
        wire = new ScriptedWire(TransactionStatus.IN_TRANSACTION);
        prepared("s", RESET);
        wire.client(SYNC).server(FAILED).toldServer("S").toldClient("Z FAILED");
        wire.client(bind("", "s", "a_app", "hunter2")).toldServer("B <s[a_app, NULL]", "H");
        wire.server(error("25P02", 0)).toldClient("E 25P02 server");
        assertThat(wire.allToServer()).doesNotContain("hunter2");
    }

    @Test
    void countsParametersItselfWhereOneIsASecret() {
        prepared("s", RESET);
        wire.client(bind("", "s", "hunter2")).toldServer(FAILING_BIND, "H");
        wire.server(error("26000", 0))
                .toldClient("E 08P01 bind message supplies 1 parameters, but prepared statement \"s\" requires 2");
        assertThat(wire.allToServer()).doesNotContain("hunter2");
    }

    @Test
    void leavesTheCountOfOtherParametersToTheServer() {
        prepared("s", DROP);
        wire.client(bind("", "s", "a", "b")).toldServer("B <s[a, b]", "H");
        wire.server(error("08P01", 0)).toldClient("E 08P01 server");
    }

    @Test
    void registersNothingThatTheServerRefused() {
        wire.client(parse("s", DROP)).server(error("42P05", 0)).toldClient("E 42P05 server");
        wire.client(SYNC).server(IDLE).toldClient("Z IDLE");
        wire.client(bind("", "s", "a_b"), execute("", 0)).toldServer("P s", "H", "S", "B <s[a_b]", "E  0");
    }

    @Test
    void registersNoPortalThatTheServerRefused() {
        prepared("s", DROP);
        wire.client(bind("p", "s", "a_b"))
                .server(error("42P03", 0))
                .client(SYNC)
                .server(IDLE);
        wire.toldClient("E 42P03 server", "Z IDLE").toldServer("B p<s[a_b]", "H", "S");
        wire.client(execute("p", 0)).toldServer("E p 0");
    }

    @Test
    void forgetsAStatementThatIsClosed() {
        prepared("s", DROP);
        wire.client(closeStatement("s"), SYNC).toldServer("C S s", "S").server(CLOSED, IDLE);
        wire.client(bind("", "s", "a_b")).toldServer("B <s[a_b]").toldClient("3", "Z IDLE");
    }

    @Test
    void forgetsTheUnnamedStatementWhenAnotherTakesItsPlace() {
        prepared("", DROP);
        wire.client(parse("", "SELECT $1"), bind("", "", "x")).toldServer("P", "H");
        wire.server(PARSED).toldServer("B <[x]");
        assertThat(wire.clientHeld()).isFalse();
    }

    @Test
    void keepsAStatementWhoseNameAnotherCouldNotTake() {
        prepared("s", DROP);
        wire.client(parse("s", "SELECT 1"))
                .server(error("42P05", 0))
                .client(SYNC)
                .server(IDLE);
        wire.toldClient("E 42P05 server", "Z IDLE");
        boundTo("", "s", "a_b");
        wire.client(execute("", 0));
        running("a_b");
    }

    @Test
    void forgetsPortalsAtTheEndOfTheTransaction() {
        prepared("s", DROP);
        boundTo("p", "s", "a_b");
        wire.client(SYNC).server(IDLE).toldServer("B p<s[a_b]", "H", "S");
        wire.client(execute("p", 0)).toldServer("E p 0");
    }

    @Test
    void keepsPortalsInATransaction() {
        wire = new ScriptedWire(TransactionStatus.IN_TRANSACTION);
        prepared("s", DROP);
        boundTo("p", "s", "a_b");
        wire.client(SYNC)
                .server(IN_TRANSACTION)
                .client(execute("p", 0))
                .toldServer("B p<s[a_b]", "H", "S", "E p 0", "H");
        wire.toldClient("Z IN_TRANSACTION");
        running("a_b");
    }

    @Test
    void findsAStatementByItsNameAsTheServerCutsItOff() {
        String name = "n".repeat(63);
        prepared(name + "first", DROP);
        boundTo("", name + "second", "a_b");
        wire.client(execute("", 0));
        running("a_b");
    }

    @Test
    void addsWhatWasReadAsHiddenParameters() {
        prepared("s", "SELECT * FROM pgclonedb.get_audit_log($1)");
        wire.client(bind("", "s", "5")).toldServer();
        assertThat(wire.calls.latest().argument("max_rows")).isEqualTo(5);
        wire.run(() -> wire.calls.latest().succeed("[]")).toldServer("B <s[5, []]", "H");
        wire.server(BOUND).client(execute("", 0), SYNC).toldServer("E  0", "S").toldClient("2");
        wire.server(row("x"), SELECTED).toldClient("D [x]", "C SELECT 1");
    }

    @Test
    void readsNothingForAFailedTransaction() {
        wire = new ScriptedWire(TransactionStatus.FAILED);
        prepared("s", "SELECT * FROM pgclonedb.get_audit_log($1)");
        wire.client(bind("", "s", "5")).toldServer("B <s[5, NULL]", "H");
        wire.server(error("25P02", 0)).toldClient("E 25P02 server");
        assertThat(wire.calls.started()).isEmpty();
    }

    @Test
    void refusesAValueThatIsNoNumber() {
        prepared("s", "SELECT * FROM pgclonedb.get_audit_log($1)");
        wire.client(bind("", "s", "five")).toldServer(FAILING_BIND, "H");
        wire.server(error("26000", 0)).toldClient("E 22P02 invalid input syntax for type integer: \"five\"");
    }

    @Test
    void refusesAValueOutOfRange() {
        prepared("s", "SELECT * FROM pgclonedb.get_audit_log($1)");
        wire.client(bind("", "s", "2147483648"))
                .server(error("26000", 0))
                .toldClient("E 22003 value \"2147483648\" is out of range for type integer");
    }

    @Test
    void failsTheServerWhenReadingFails() {
        prepared("s", "SELECT * FROM pgclonedb.get_audit_log($1)");
        wire.client(bind("", "s", "5"), execute("", 0), SYNC);
        wire.run(() -> wire.calls.latest().fail(PgException.error("42501", "not yours")))
                .toldServer(FAILING_BIND, "H");
        wire.server(error("26000", 0)).toldClient("E 42501 not yours").toldServer("E  0", "S");
        wire.server(IDLE).toldClient("Z IDLE");
    }

    @Test
    void describesNoHiddenParameter() {
        prepared("s", "SELECT * FROM pgclonedb.get_audit_log($1)");
        wire.client(describeStatement("s")).toldServer("D S s", "H");
        wire.server(new ParameterDescription(List.of(23, 3802)), DESCRIBED).toldClient("t [23]", "T");
        assertThat(wire.clientHeld()).isFalse();
    }

    @Test
    void endsADescribeThatFails() {
        prepared("s", "SELECT * FROM pgclonedb.get_audit_log($1)");
        wire.client(describeStatement("s")).server(error("26000", 0)).toldClient("E 26000 server");
        assertThat(wire.clientHeld()).isFalse();
    }
}
