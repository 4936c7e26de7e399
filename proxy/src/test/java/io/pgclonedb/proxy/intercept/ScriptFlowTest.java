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
import static io.pgclonedb.proxy.intercept.Messages.notice;
import static io.pgclonedb.proxy.intercept.Messages.query;
import static io.pgclonedb.proxy.intercept.Messages.row;
import static io.pgclonedb.proxy.intercept.Messages.severalStatements;
import static io.pgclonedb.proxy.intercept.Messages.tag;
import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.protocol.backend.CopyInResponse;
import io.pgclonedb.protocol.backend.TransactionStatus;
import io.pgclonedb.protocol.frontend.FrontendMessage;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptFlowTest {
    private static final String DROP = "SELECT pgclonedb.drop_database('a_b')";
    private static final String SAVEPOINT = "Q SAVEPOINT pgclonedb_syntax";
    private static final String RELEASE =
            "Q ROLLBACK TO SAVEPOINT pgclonedb_syntax; RELEASE SAVEPOINT pgclonedb_syntax";

    private ScriptedWire wire = new ScriptedWire(TransactionStatus.IDLE).showingQueries();

    @AfterEach
    void close() {
        wire.close();
    }

    /** Sends a string, whose grammar is good. */
    private void begun(String sql) {
        wire.client(query(sql)).toldServer("P", "S").toldClient();
        wire.server(severalStatements(), IDLE).toldClient();
    }

    /** The call that stands next succeeds. */
    private void runsTheCall() {
        wire.toldServer("P", "H").server(PARSED).toldServer("B <[]", "D P", "E  0", "H");
        wire.server(BOUND, DESCRIBED, row(carrier(wire.nonce(), "a_b")));
        wire.run(() -> wire.calls.latest().succeed("dropped"));
        wire.server(SELECTED).toldServer("C S", "C P", "S");
    }

    @Test
    void runsTheStatementsInATransactionOfItsOwn() {
        begun("SELECT 1; " + DROP + "; SELECT 2");
        wire.toldServer("Q BEGIN").server(tag("BEGIN"), IN_TRANSACTION).toldClient();
        wire.toldServer("Q SELECT 1").server(DESCRIBED, SELECTED, IN_TRANSACTION);
        wire.toldClient("T", "C SELECT 1");
        runsTheCall();
        wire.server(CLOSED, CLOSED, IN_TRANSACTION)
                .toldClient(
                        "T",
                        "N 00000 pgclonedb.drop_database took effect at once and is not undone by a rollback",
                        "D [dropped]",
                        "C SELECT 1");
        wire.toldServer("Q  SELECT 2")
                .server(DESCRIBED, tag("SELECT 7"), IN_TRANSACTION)
                .toldClient("T");
        wire.toldServer("Q COMMIT").server(tag("COMMIT"), IDLE).toldClient("C SELECT 7", "Z IDLE");
        assertThat(wire.clientHeld()).isFalse();
    }

    @Test
    void tellsNoTagWhenTheCommitFails() {
        begun("SELECT pgclonedb.help(); SELECT 2");
        wire.server(tag("BEGIN"), IN_TRANSACTION, PARSED);
        wire.run(() -> wire.calls.latest().succeed("help"));
        wire.server(BOUND, DESCRIBED, row("help"), SELECTED, CLOSED, CLOSED, IN_TRANSACTION);
        wire.server(DESCRIBED, tag("SELECT 7"), IN_TRANSACTION).toldClient("T", "D [help]", "C SELECT 1", "T");
        wire.server(error("23503", 0), IDLE).toldClient("E 23503 server", "Z IDLE");
    }

    @Test
    void undoesTheTransactionWhenACallFails() {
        begun("SELECT 1; " + DROP + "; SELECT 2");
        wire.server(tag("BEGIN"), IN_TRANSACTION, SELECTED, IN_TRANSACTION)
                .toldServer("Q BEGIN", "Q SELECT 1", "P", "H")
                .toldClient("C SELECT 1");
        wire.server(PARSED, BOUND, DESCRIBED, row(carrier(wire.nonce(), "a_b")));
        wire.run(() -> wire.calls.latest().fail(PgException.error(SqlState.INSUFFICIENT_PRIVILEGE, "no")));
        wire.server(error("26000", 0), FAILED, CLOSED, CLOSED, FAILED).toldClient("T", "E 42501 no");
        assertThat(wire.allToServer()).endsWith("ROLLBACK\0").containsOnlyOnce("SELECT 2\0");
        wire.server(tag("ROLLBACK"), IDLE).toldClient("Z IDLE");
    }

    @Test
    void undoesTheTransactionWhenAnotherStatementFails() {
        begun(DROP + "; SELECT 1/0; SELECT 2");
        wire.server(tag("BEGIN"), IN_TRANSACTION).toldServer("Q BEGIN", "P", "H");
        wire.server(PARSED, BOUND, DESCRIBED, row(carrier(wire.nonce(), "a_b")));
        wire.run(() -> wire.calls.latest().succeed("dropped"));
        wire.server(SELECTED, CLOSED, CLOSED, IN_TRANSACTION, error("22012", 9), FAILED);
        assertThat(wire.allToServer()).endsWith("ROLLBACK\0");
        wire.server(tag("ROLLBACK"), IDLE);
        wire.toldClient(
                "T",
                "N 00000 pgclonedb.drop_database took effect at once and is not undone by a rollback",
                "D [dropped]",
                "C SELECT 1",
                "E 22012 server at 47",
                "Z IDLE");
    }

    @Test
    void leavesTheClientsOwnTransactionAsItIs() {
        begun("BEGIN; SELECT pgclonedb.help()");
        wire.toldServer("Q BEGIN").server(tag("BEGIN"), IN_TRANSACTION, error("42P01", 0));
        wire.toldClient("C BEGIN", "E 42P01 server").server(FAILED, CLOSED, CLOSED, FAILED);
        wire.toldClient("Z FAILED");
        assertThat(wire.allToServer()).doesNotContain("ROLLBACK");
    }

    @Test
    void hidesThatTheClientsBeginComesLate() {
        begun("SELECT 1; BEGIN; SELECT pgclonedb.help()");
        wire.server(tag("BEGIN"), IN_TRANSACTION, SELECTED, IN_TRANSACTION).toldClient("C SELECT 1");
        wire.server(notice("25001"), notice("01000"), tag("BEGIN"), IN_TRANSACTION)
                .toldClient("N 01000 server", "C BEGIN");
        wire.server(PARSED);
        wire.run(() -> wire.calls.latest().succeed("help"));
        wire.server(BOUND, DESCRIBED, row("help"), SELECTED, CLOSED, CLOSED, IN_TRANSACTION);
        wire.toldClient("T", "D [help]", "C SELECT 1", "Z IN_TRANSACTION");
    }

    @Test
    void endsItsTransactionBeforeTheClientsCommitSoThatTheServerWarns() {
        begun("SELECT 1; COMMIT; SELECT pgclonedb.help()");
        wire.server(tag("BEGIN"), IN_TRANSACTION, SELECTED, IN_TRANSACTION).toldClient("C SELECT 1");
        wire.toldServer("Q BEGIN", "Q SELECT 1", "Q COMMIT")
                .server(tag("COMMIT"), IDLE)
                .toldClient();
        wire.toldServer("Q  COMMIT").server(notice("25P01"), tag("COMMIT"), IDLE);
        wire.toldClient("N 25P01 server", "C COMMIT").toldServer("Q BEGIN");
        wire.server(error("57014", 0), IDLE).toldClient("E 57014 server", "Z IDLE");
    }

    @Test
    void undoesItsTransactionBeforeASavepointFails() {
        begun("SELECT 1; SAVEPOINT s; SELECT pgclonedb.help()");
        wire.server(tag("BEGIN"), IN_TRANSACTION, SELECTED, IN_TRANSACTION)
                .toldServer("Q BEGIN", "Q SELECT 1", "Q ROLLBACK");
        wire.server(tag("ROLLBACK"), IDLE).toldServer("Q  SAVEPOINT s");
        wire.server(error("25P01", 0), IDLE).toldClient("C SELECT 1", "E 25P01 server", "Z IDLE");
    }

    @Test
    void runsNothingWhenTheGrammarIsWrong() {
        wire.client(query("SELECT 1; " + DROP + "; SELEC")).toldServer("P", "S");
        wire.server(error("42601", 12), IDLE).toldServer();
        wire.toldClient("E 42601 server at 12", "Z IDLE");
        assertThat(wire.calls.started()).isEmpty();
    }

    @Test
    void readsTheGrammarUnderASavepointInATransaction() {
        wire = new ScriptedWire(TransactionStatus.IN_TRANSACTION).showingQueries();
        wire.client(query("SELECT 1; SELECT pgclonedb.help()")).toldServer(SAVEPOINT);
        wire.server(tag("SAVEPOINT"), IN_TRANSACTION).toldServer("P", "S");
        wire.server(severalStatements(), FAILED).toldServer(RELEASE);
        wire.server(tag("ROLLBACK"), tag("RELEASE"), IN_TRANSACTION).toldServer("Q SELECT 1");
        wire.server(SELECTED, IN_TRANSACTION, error("42P01", 0), FAILED, CLOSED, CLOSED, FAILED);
        wire.toldClient("C SELECT 1", "E 42P01 server", "Z FAILED");
    }

    @Test
    void takesTheDataOfACopyAndNothingElseMeanwhile() {
        begun("COPY t FROM STDIN; SELECT pgclonedb.help()");
        wire.server(tag("BEGIN"), IN_TRANSACTION).toldServer("Q BEGIN", "Q COPY t FROM STDIN");
        wire.server(new CopyInResponse((byte) 0, List.of())).toldClient("G");
        assertThat(wire.clientHeld()).isFalse();
        wire.client(new FrontendMessage.CopyDone(), query("SELECT 3")).toldServer("c");
        assertThat(wire.clientHeld()).isTrue();
        wire.server(tag("COPY 0"), IN_TRANSACTION, error("42P01", 0), FAILED, CLOSED, CLOSED, FAILED, IDLE);
        wire.toldClient("C COPY 0", "E 42P01 server", "Z IDLE");
        assertThat(wire.allToServer()).endsWith("SELECT 3\0");
    }

    @Test
    void runsACallThatIsRefusedWhenItsTurnComes() {
        begun("SELECT 1; SELECT pgclonedb.nosuch('secret')");
        wire.server(tag("BEGIN"), IN_TRANSACTION, SELECTED, IN_TRANSACTION).toldClient("C SELECT 1");
        wire.server(error("26000", 0), FAILED, tag("ROLLBACK"), IDLE);
        wire.toldClient("E 42883 function pgclonedb.nosuch(unknown) does not exist at 18", "Z IDLE");
        assertThat(wire.allToServer()).doesNotContain("secret");
        assertThat(wire.refusals).containsExactly("42883");
    }

    @Test
    void readsNoFurtherWhenTheRestWouldBeLexedInAnotherWay() {
        begun("SET standard_conforming_strings = off; SELECT pgclonedb.help()");
        wire.server(tag("BEGIN"), IN_TRANSACTION, tag("SET")).toldClient("C SET");
        wire.setting("standard_conforming_strings", "off").server(IN_TRANSACTION, error("26000", 0), FAILED);
        wire.server(tag("ROLLBACK"), IDLE);
        wire.toldClient("E 0A000 a string with pgclonedb calls cannot change how the rest of it is read", "Z IDLE");
        assertThat(wire.calls.started()).isEmpty();
    }

    @Test
    void servesACursorThatIsDeclaredInTheSameString() {
        begun("BEGIN; DECLARE c CURSOR FOR " + DROP + "; FETCH c; COMMIT");
        wire.server(tag("BEGIN"), IN_TRANSACTION, PARSED, BOUND, tag("DECLARE CURSOR"), CLOSED, CLOSED, IN_TRANSACTION);
        String nonce = wire.nonce();
        wire.server(PARSED, BOUND, DESCRIBED, row(carrier(nonce, "a_b")));
        assertThat(wire.calls.started()).hasSize(1);
        wire.run(() -> wire.calls.latest().succeed("dropped"));
        wire.server(tag("FETCH 1"), CLOSED, CLOSED, IN_TRANSACTION, tag("COMMIT"), IDLE);
        wire.toldClient(
                "C BEGIN",
                "C DECLARE CURSOR",
                "T",
                "N 00000 pgclonedb.drop_database took effect at once and is not undone by a rollback",
                "D [dropped]",
                "C FETCH 1",
                "C COMMIT",
                "Z IDLE");
    }

    @Test
    void waitsForTheCallWhileTheClientWaits() {
        begun(DROP + ";" + DROP);
        wire.server(tag("BEGIN"), IN_TRANSACTION).toldServer("Q BEGIN", "P", "H");
        wire.server(PARSED, BOUND, DESCRIBED, row(carrier(wire.nonce(), "a_b")));
        wire.client(query("SELECT 3"));
        assertThat(wire.clientHeld()).isTrue();
        assertThat(wire.serverHeld()).isTrue();
        assertThat(wire.interceptor.callRuns()).isTrue();
    }
}
