package io.pgclonedb.proxy.intercept;

import static io.pgclonedb.proxy.intercept.Messages.BOUND;
import static io.pgclonedb.proxy.intercept.Messages.CLOSED;
import static io.pgclonedb.proxy.intercept.Messages.DESCRIBED;
import static io.pgclonedb.proxy.intercept.Messages.FAILED;
import static io.pgclonedb.proxy.intercept.Messages.IDLE;
import static io.pgclonedb.proxy.intercept.Messages.IN_TRANSACTION;
import static io.pgclonedb.proxy.intercept.Messages.PARSED;
import static io.pgclonedb.proxy.intercept.Messages.SELECTED;
import static io.pgclonedb.proxy.intercept.Messages.carrier;
import static io.pgclonedb.proxy.intercept.Messages.error;
import static io.pgclonedb.proxy.intercept.Messages.query;
import static io.pgclonedb.proxy.intercept.Messages.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.protocol.backend.TransactionStatus;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimpleQueryFlowTest {
    private static final String FAILING_BIND = "B to fail";
    private final PgException exists = PgException.error(SqlState.DUPLICATE_DATABASE, "exists");

    private ScriptedWire wire = new ScriptedWire(TransactionStatus.IDLE);

    @AfterEach
    void close() {
        wire.close();
    }

    private void begunIn(TransactionStatus status) {
        wire = new ScriptedWire(status);
        wire.client(query("SELECT pgclonedb.drop_database('a_b')"))
                .toldServer("P", "H")
                .toldClient();
    }

    private void running() {
        wire.server(PARSED).toldServer("B <[]", "D P", "E  0", "H");
        wire.server(BOUND, DESCRIBED, row(carrier(wire.nonce(), "a_b")));
        assertThat(wire.calls.started()).hasSize(1);
        assertThat(wire.calls.latest().argument("dbname")).isEqualTo("a_b");
        assertThat(wire.serverHeld()).isTrue();
        wire.toldClient("T");
    }

    private void failsTheServer() {
        wire.toldServer(FAILING_BIND, "H").toldClient();
        wire.server(error("26000", 0)).toldServer("S", "C S", "C P", "S");
    }

    @Test
    void runsTheCallBeforeTheSync() {
        begunIn(TransactionStatus.IDLE);
        running();
        wire.toldServer().run(() -> wire.calls.latest().succeed("dropped")).toldClient("D [dropped]");
        wire.server(SELECTED).toldServer("C S", "C P", "S").toldClient();
        assertThat(wire.clientHeld()).isTrue();
        wire.server(CLOSED, CLOSED, IDLE).toldClient("C SELECT 1", "Z IDLE");
        assertThat(wire.clientHeld()).isFalse();
        assertThat(wire.callsEnded).isEqualTo(1);
    }

    @Test
    void saysInATransactionThatARollbackUndoesNothing() {
        begunIn(TransactionStatus.IN_TRANSACTION);
        running();
        wire.run(() -> wire.calls.latest().succeed("dropped"))
                .toldClient(
                        "N 00000 pgclonedb.drop_database took effect at once and is not undone by a rollback",
                        "D [dropped]");
        wire.server(SELECTED, CLOSED, CLOSED, IN_TRANSACTION).toldClient("C SELECT 1", "Z IN_TRANSACTION");
    }

    @Test
    void runsNothingInAFailedTransaction() {
        begunIn(TransactionStatus.FAILED);
        wire.server(error("25P02", 0)).toldClient("E 25P02 server").toldServer("S", "C S", "C P", "S");
        wire.server(FAILED, CLOSED, CLOSED, FAILED).toldClient("Z FAILED");
        assertThat(wire.calls.started()).isEmpty();
    }

    @Test
    void failsTheServerWhenTheCallFails() {
        begunIn(TransactionStatus.IDLE);
        running();
        wire.run(() -> wire.calls.latest().fail(exists));
        failsTheServer();
        wire.toldClient("E 42P04 exists");
        wire.server(IDLE).toldClient();
        wire.server(CLOSED, CLOSED, IDLE).toldClient("Z IDLE");
    }

    @Test
    void leavesTheTransactionFailedWhenTheCallFails() {
        begunIn(TransactionStatus.IN_TRANSACTION);
        running();
        wire.run(() -> wire.calls.latest().fail(exists));
        failsTheServer();
        wire.server(FAILED, CLOSED, CLOSED, FAILED).toldClient("E 42P04 exists", "Z FAILED");
    }

    @Test
    void sendsNoRowBehindAFailedCall() {
        begunIn(TransactionStatus.IDLE);
        running();
        wire.server(row("plain"), row(carrier(wire.nonce(), "a_c")), SELECTED);
        wire.run(() -> wire.calls.latest().fail(exists));
        failsTheServer();
        wire.server(IDLE, CLOSED, CLOSED, IDLE).toldClient("E 42P04 exists", "Z IDLE");
        assertThat(wire.calls.started()).hasSize(1);
    }

    @Test
    void runsOneCallARowInOrder() {
        begunIn(TransactionStatus.IDLE);
        running();
        wire.server(row(carrier(wire.nonce(), "a_c")), SELECTED);
        assertThat(wire.calls.started()).hasSize(1);
        wire.run(() -> wire.calls.latest().succeed("one")).toldClient("D [one]");
        assertThat(wire.calls.started()).hasSize(2);
        assertThat(wire.calls.latest().argument("dbname")).isEqualTo("a_c");
        wire.run(() -> wire.calls.latest().succeed("two")).toldClient("D [two]");
        wire.server(CLOSED, CLOSED, IDLE).toldClient("C SELECT 1", "Z IDLE");
    }

    @Test
    void takesNothingForACarrierButWhatHasTheNonce() {
        begunIn(TransactionStatus.IDLE);
        wire.server(PARSED);
        String guessed = "0".repeat(32);
        String padded = " " + carrier(wire.nonce(), "a_b");
        wire.server(BOUND, DESCRIBED, row(carrier(guessed, "a_b")), row("", null), row(padded))
                .toldClient("T", "D [" + carrier(guessed, "a_b") + "]", "D [, NULL]", "D [" + padded + "]");
        assertThat(wire.calls.started()).isEmpty();
    }

    /** As a function in the same statement could make them, which reads the statement's text. */
    @Test
    void runsNoCarrierInAColumnThatIsNotTheCallsOwn() {
        wire.client(query("SELECT evil(), pgclonedb.drop_database('a_b')")).server(PARSED);
        String forged = carrier(wire.nonce(), "a_c");
        wire.server(BOUND, DESCRIBED, row(forged, carrier(wire.nonce(), "a_b")));
        assertThat(wire.calls.latest().argument("dbname")).isEqualTo("a_b");
        wire.run(() -> wire.calls.latest().succeed("dropped")).toldClient("T", "D [" + forged + ", dropped]");
        assertThat(wire.calls.started()).hasSize(1);
    }

    @Test
    void runsNoCallThatARowHoldsTwice() {
        wire.client(query("SELECT *, pgclonedb.drop_database('a_b') FROM t")).server(PARSED);
        wire.server(BOUND, DESCRIBED, row(carrier(wire.nonce(), "a_c"), carrier(wire.nonce(), "a_b")));
        wire.server(error("26000", 0), IDLE, CLOSED, CLOSED, IDLE);
        wire.toldClient("T", "E 55000 a row holds the same pgclonedb call more than once", "Z IDLE");
        assertThat(wire.calls.started()).isEmpty();
    }

    @Test
    void answersCallWithItsOwnTag() {
        wire.client(query("CALL pgclonedb.drop_database('a_b')")).server(PARSED);
        wire.server(BOUND, DESCRIBED, row(carrier(wire.nonce(), "a_b")));
        wire.run(() -> wire.calls.latest().succeed("dropped"));
        wire.server(SELECTED, CLOSED, CLOSED, IDLE).toldClient("T", "D [dropped]", "C CALL", "Z IDLE");
    }

    @Test
    void putsWhatACopyReadsIntoItsText() {
        wire.client(query("COPY (SELECT pgclonedb.help()) TO STDOUT"))
                .toldServer()
                .toldClient();
        wire.run(() -> wire.calls.latest().succeed("it's")).toldServer("P", "H");
        assertThat(wire.allToServer()).contains("COPY (SELECT (SELECT E'it''s'::pg_catalog.text AS help)) TO STDOUT");
        wire.server(PARSED).toldServer("B <[]", "D P", "E  0", "H");
    }

    @Test
    void takesANewNonceForEveryStatement() {
        begunIn(TransactionStatus.IDLE);
        String first = wire.nonce();
        wire.server(error("42601", 0), IDLE, CLOSED, CLOSED, IDLE);
        wire.client(query("SELECT pgclonedb.drop_database('a_b')"));
        assertThat(wire.nonce()).isNotEqualTo(first);
    }

    @Test
    void passesASyntaxErrorOnWithThePositionTheUserTyped() {
        begunIn(TransactionStatus.IDLE);
        wire.server(error("42601", 1)).toldClient("E 42601 server at 1").toldServer("S", "C S", "C P", "S");
        wire.server(IDLE, CLOSED, CLOSED, IDLE).toldClient("Z IDLE");
    }

    @Test
    void passesAnErrorWhileRowsAreMadeOn() {
        begunIn(TransactionStatus.IDLE);
        running();
        wire.run(() -> wire.calls.latest().succeed("one"));
        wire.server(error("22012", 0)).toldClient("D [one]", "E 22012 server").toldServer("S", "C S", "C P", "S");
        wire.server(IDLE, CLOSED, CLOSED, IDLE).toldClient("Z IDLE");
    }

    @Test
    void tellsNoCommandTagWhenTheCommitFails() {
        begunIn(TransactionStatus.IDLE);
        running();
        wire.run(() -> wire.calls.latest().succeed("one")).toldClient("D [one]");
        wire.server(SELECTED, CLOSED, CLOSED, error("23503", 0), IDLE).toldClient("E 23503 server", "Z IDLE");
    }

    @Test
    void readsBeforeItBinds() {
        wire.client(query("SELECT * FROM pgclonedb.show_config()")).toldServer("P", "H");
        wire.server(PARSED).toldServer();
        assertThat(wire.calls.started()).hasSize(1);
        wire.run(() -> wire.calls.latest().succeed("[{}]")).toldServer("B <[[{}]]", "D P", "E  0", "H");
        wire.server(BOUND, DESCRIBED, row("x"), SELECTED).toldClient("T", "D [x]");
        wire.server(CLOSED, CLOSED, IDLE).toldClient("C SELECT 1", "Z IDLE");
    }

    @Test
    void failsTheServerWhenReadingFails() {
        wire.client(query("SELECT * FROM pgclonedb.show_config()")).toldServer("P", "H");
        wire.server(PARSED);
        wire.run(() -> wire.calls.latest().fail(PgException.error("42501", "not yours")));
        failsTheServer();
        wire.server(IDLE, CLOSED, CLOSED, IDLE).toldClient("E 42501 not yours", "Z IDLE");
    }

    @Test
    void sendsNoSecretToTheServer() {
        wire.client(query("SELECT pgclonedb.reset_password('a_app', 'hunter2')"))
                .toldServer("P", "H");
        wire.server(PARSED, BOUND, DESCRIBED, row(carrier(wire.nonce(), "a_app", null)));
        assertThat(wire.calls.latest().argument("new_password")).isEqualTo("hunter2");
        assertThat(wire.allToServer()).doesNotContain("hunter2");
        wire.run(() -> wire.calls.latest().fail(exists));
        assertThat(wire.allToServer()).doesNotContain("hunter2");
    }

    @Test
    void passesNoticesOfACallOn() {
        begunIn(TransactionStatus.IDLE);
        running();
        wire.run(() -> wire.calls.latest().notice("40 %")).toldClient("N 00000 40 %");
    }

    @Test
    void sendsNoNoticesToASessionThatWantsNone() {
        begunIn(TransactionStatus.IN_TRANSACTION);
        wire.server(PARSED);
        String quiet = "[\"" + wire.nonce() + "\", 0, \"0\", null, \"warning\", \"off\", \"a_b\"]";
        wire.server(BOUND, DESCRIBED, row(quiet)).toldClient("T");
        wire.run(() -> wire.calls.latest().notice("40 %")).toldClient();
        wire.run(() -> wire.calls.latest().succeed("dropped")).toldClient("D [dropped]");
    }

    @Test
    void keepsLaterMessagesOfTheClientBack() {
        begunIn(TransactionStatus.IDLE);
        running();
        wire.client(query("SELECT 1"));
        wire.toldServer().run(() -> wire.calls.latest().succeed("x"));
        wire.server(SELECTED).toldServer("C S", "C P", "S");
        wire.server(CLOSED, CLOSED, IDLE).toldServer("Q");
    }

    @Test
    void waitsUntilWhatWasSentBeforeIsAnswered() {
        wire.client(query("BEGIN"), query("SELECT pgclonedb.drop_database('a_b')"))
                .toldServer("Q", "H");
        wire.server(SELECTED).toldServer();
        wire.server(IN_TRANSACTION).toldServer("P", "H").toldClient("C SELECT 1", "Z IN_TRANSACTION");
    }
}
