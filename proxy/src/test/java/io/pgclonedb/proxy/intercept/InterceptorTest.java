package io.pgclonedb.proxy.intercept;

import static io.pgclonedb.proxy.intercept.Messages.BOUND;
import static io.pgclonedb.proxy.intercept.Messages.CLOSED;
import static io.pgclonedb.proxy.intercept.Messages.FAILED;
import static io.pgclonedb.proxy.intercept.Messages.IDLE;
import static io.pgclonedb.proxy.intercept.Messages.PARSED;
import static io.pgclonedb.proxy.intercept.Messages.SELECTED;
import static io.pgclonedb.proxy.intercept.Messages.SYNC;
import static io.pgclonedb.proxy.intercept.Messages.bind;
import static io.pgclonedb.proxy.intercept.Messages.carrier;
import static io.pgclonedb.proxy.intercept.Messages.error;
import static io.pgclonedb.proxy.intercept.Messages.execute;
import static io.pgclonedb.proxy.intercept.Messages.parse;
import static io.pgclonedb.proxy.intercept.Messages.query;
import static io.pgclonedb.proxy.intercept.Messages.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.backend.CopyInResponse;
import io.pgclonedb.protocol.backend.TransactionStatus;
import io.pgclonedb.protocol.frontend.FrontendMessage;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.operation.CancelReason;
import io.pgclonedb.proxy.relay.FrameVisitor.Overflow;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterceptorTest {
    /** A call inside an expression is never served. */
    private static final String REFUSED = "SELECT upper(pgclonedb.drop_database('a_b'))";

    private static final String DROP = "SELECT pgclonedb.drop_database('a_b')";
    private static final String FAILING_BIND = "B to fail";
    private static final String UNKNOWN = "SELECT pgclonedb.drop_databas('a_b')";
    private static final CopyInResponse COPY_IN = new CopyInResponse((byte) 0, List.of());

    private ScriptedWire wire = new ScriptedWire(TransactionStatus.IDLE);

    @AfterEach
    void close() {
        wire.close();
    }

    private void refusedWith(String sqlState) {
        assertThat(wire.refusals).containsExactly(sqlState);
        assertThat(wire.calls.started()).isEmpty();
        assertThat(wire.allToServer()).doesNotContain("drop_database");
    }

    @Test
    void refusesASimpleQueryWithoutTheServer() {
        wire.client(query(UNKNOWN)).toldServer();
        assertThat(wire.clientHeld()).isFalse();
        refusedWith("42883");
    }

    @Test
    void hasTheServerReadTheGrammarAroundACallThatIsNotServed() {
        wire.client(query(REFUSED)).toldServer("P", "H").toldClient();
        assertThat(wire.allToServer()).contains("pg_catalog.version()");
        wire.server(PARSED).toldServer("C S", FAILING_BIND, "H").toldClient();
        wire.server(CLOSED, error("26000", 0)).toldServer("S");
        wire.server(IDLE);
        assertThat(wire.clientHeld()).isFalse();
        refusedWith("0A000");
    }

    @Test
    void tellsWhatTheServerFindsWrongInTheGrammar() {
        wire.client(query(REFUSED))
                .server(error("42601", 3))
                .toldClient("E 42601 server at 3")
                .toldServer("P", "H", "S");
        wire.server(IDLE).toldClient("Z IDLE");
    }

    @Test
    void keepsToItsOwnReasonWhenTheServerFindsAnother() {
        wire.client(query(REFUSED)).server(error("42P01", 3), IDLE);
        assertThat(wire.clientHeld()).isFalse();
        refusedWith("0A000");
    }

    @Test
    void isReadyAfterARefusal() {
        wire.client(query("SELECT pgclonedb.drop_database(")).toldServer();
        wire.client(query("SELECT 1")).toldServer("Q");
    }

    @Test
    void failsTheTransactionOfARefusedSimpleQuery() {
        wire = new ScriptedWire(TransactionStatus.IN_TRANSACTION);
        wire.client(query(UNKNOWN)).toldServer(FAILING_BIND, "H").toldClient();
        wire.server(error("26000", 0)).toldServer("S");
        wire.server(FAILED);
        assertThat(wire.clientHeld()).isFalse();
        assertThat(wire.state.transactionStatus()).isEqualTo(TransactionStatus.FAILED);
        refusedWith("42883");
    }

    @Test
    void saysInAFailedTransactionThatItHasFailed() {
        wire = new ScriptedWire(TransactionStatus.FAILED);
        wire.client(query(UNKNOWN))
                .toldServer()
                .toldClient(
                        "E 25P02 current transaction is aborted, commands ignored until end of transaction block",
                        "Z FAILED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"IDLE", "IN_TRANSACTION", "FAILED"})
    void failsTheServerForARefusedParse(String status) {
        wire = new ScriptedWire(TransactionStatus.valueOf(status));
        wire.client(parse("s", REFUSED), bind("", "s"), execute("", 0), SYNC).toldServer(FAILING_BIND, "H");
        wire.server(error("26000", 0)).toldServer("B <s[]", "E  0", "S");
        assertThat(wire.state.replies().skipping()).isFalse();
        wire.server(IDLE);
        refusedWith("0A000");
    }

    @Test
    void dropsAParseThatTheServerWouldSkip() {
        wire.client(parse("", "SELEC"))
                .server(error("42601", 0))
                .toldServer("P")
                .toldClient("E 42601 server");
        wire.client(parse("s", DROP), query(DROP)).toldServer().toldClient();
        wire.client(SYNC).toldServer("S").server(IDLE).toldClient("Z IDLE");
        assertThat(wire.allToServer()).doesNotContain("drop_database");
        assertThat(wire.calls.started()).isEmpty();
    }

    @Test
    void holdsUntilItIsKnownWhetherTheServerSkips() {
        wire.client(parse("", "SELEC"), parse("s", DROP), SYNC).toldServer("P", "H");
        wire.server(error("42601", 0)).toldServer("S").toldClient("E 42601 server");
    }

    @Test
    void flushesOnceWhileItWaits() {
        wire.client(parse("", "SELECT 1"), bind("", ""), parse("s", DROP)).toldServer("P", "B <[]", "H");
        wire.server(PARSED).toldServer();
        wire.server(BOUND).toldServer("P s", "H").toldClient("1", "2");
    }

    @Test
    void sendsNothingOfACallInTheMiddleOfCopyData() {
        wire.client(query("COPY t FROM STDIN")).server(COPY_IN).toldServer("Q").toldClient("G");
        wire.client(query(DROP)).toldServer("Q");
        assertThat(wire.allToServer()).doesNotContain("drop_database");
        assertThat(wire.calls.started()).isEmpty();
    }

    @Test
    void sendsNothingOfACallThatCameAheadOfTheCopysAnnouncement() {
        wire.client(query("COPY t FROM STDIN"), query(DROP)).toldServer("Q", "H");
        wire.server(COPY_IN).toldServer("Q").toldClient("G");
        assertThat(wire.allToServer()).doesNotContain("drop_database");
    }

    @Test
    void waitsForTheEndOfACopyBeforeItServes() {
        wire.client(query("COPY t FROM STDIN")).server(COPY_IN);
        wire.client(new FrontendMessage.CopyDone(), query(DROP)).toldServer("Q", "c", "H");
        wire.server(SELECTED, IDLE).toldServer("P", "H");
    }

    @Test
    void endsTheSessionWhenTheServersAnswersFitNothing() {
        wire.server(IDLE);
        assertThatThrownBy(() -> wire.client(query(DROP))).isInstanceOfSatisfying(PgException.class, reason -> {
            assertThat(reason.severity()).isEqualTo(PgException.Severity.FATAL);
            assertThat(reason.sqlState()).isEqualTo("08P01");
        });
        assertThat(wire.allToServer()).isEmpty();
    }

    @Test
    void servesNothingOnAReplicationConnection() {
        wire = new ScriptedWire(TransactionStatus.IDLE, true);
        wire.client(query(DROP))
                .toldServer()
                .toldClient("E 0A000 pgclonedb functions cannot be called on a replication connection", "Z IDLE");
        wire.client(query("IDENTIFY_SYSTEM")).toldServer("Q");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SJIS", "BIG5", "GBK", "UHC", "JOHAB", "GB18030"})
    void servesNothingInAnEncodingThatCannotBeLexed(String encoding) {
        wire.setting("client_encoding", encoding).client(query(DROP)).toldServer();
        refusedWith("0A000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'pgclonedb.help()'",
                "SELECT 1 -- pgclonedb.help()",
                "SELECT 1 AS pgclonedb",
                "SELECT $$ pgclonedb.help() $$",
                "SELECT U&\"d\\0061t\" FROM t"
            })
    void passesTextOnThatOnlyMentionsTheName(String sql) {
        wire.client(query(sql)).toldServer("Q");
        assertThat(wire.allToServer()).contains(sql);
    }

    @Test
    void readsStringsAsTheSessionReadsThem() {
        String sql = "SELECT 'it\\', pgclonedb.drop_database('a_b') --'";
        wire.client(query(sql)).toldServer("P", "H");
        wire.close();
        wire = new ScriptedWire(TransactionStatus.IDLE);
        wire.setting("standard_conforming_strings", "off").client(query(sql)).toldServer("Q");
    }

    @Test
    void cancelsOnlyACallThatRuns() {
        assertThat(wire.interceptor.cancel(CancelReason.USER_REQUEST)).isFalse();
        wire.client(query(DROP)).server(PARSED);
        assertThat(wire.interceptor.cancel(CancelReason.USER_REQUEST)).isFalse();
        wire.server(BOUND, Messages.DESCRIBED, row(carrier(wire.nonce(), "a_b")));
        assertThat(wire.interceptor.callRuns()).isTrue();
        assertThat(wire.interceptor.cancel(CancelReason.USER_REQUEST)).isTrue();
        assertThat(wire.calls.latest().cancels()).containsExactly(CancelReason.USER_REQUEST);
        wire.run(() -> wire.calls.latest().fail(PgException.error("57014", "cancelled")));
        assertThat(wire.interceptor.callRuns()).isFalse();
        assertThat(wire.interceptor.cancel(CancelReason.USER_REQUEST)).isFalse();
    }

    @Test
    void handsOverWhoCallsAndWhatLimitsTheCall() {
        wire.setting("application_name", "psql");
        wire.client(query(DROP)).server(PARSED);
        String limited = "[\"" + wire.nonce() + "\", 0, \"30s\", \"1min\", \"notice\", \"off\", \"a_b\"]";
        wire.server(BOUND, Messages.DESCRIBED, row(limited));
        var context = wire.calls.latest().request().context();
        assertThat(context.callerName()).isEqualTo("myapp_db_admin");
        assertThat(context.backendPid()).isEqualTo(4711);
        assertThat(context.applicationName()).isEqualTo("psql");
        assertThat(context.statementTimeout()).isEqualTo(java.time.Duration.ofSeconds(30));
    }

    @Test
    void looksIntoNothingButTextsWhileNoStatementHasCalls() {
        for (byte type = 0; type < 127; type++) {
            assertThat(wire.interceptor.looksInto(type)).as("type %s", type).isEqualTo(type == 'Q' || type == 'P');
        }
    }

    @Test
    void collectsALongBindWhoseStatementIsNotKnownYet() {
        prepare();
        ByteBuf names = Unpooled.buffer().writeByte('B').writeInt(1 << 20).writeZero(0);
        names.writeBytes("p".repeat(16 * 1024).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(wire.interceptor.overflow(FrameType.FRONTEND_BIND, names)).isEqualTo(Overflow.COLLECT);
        names.release();
    }

    @Test
    void collectsALongBindOfAStatementWithCallsAndPassesOthers() {
        prepare();
        assertThat(overflowOfBindTo("s")).isEqualTo(Overflow.COLLECT);
        assertThat(overflowOfBindTo("t")).isEqualTo(Overflow.PASS);
    }

    private void prepare() {
        wire.client(parse("s", DROP)).server(PARSED).toldClient("1");
    }

    private Overflow overflowOfBindTo(String statement) {
        ByteBuf prefix = Unpooled.buffer().writeByte('B').writeInt(1 << 20).writeByte(0);
        prefix.writeBytes(statement.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .writeByte(0);
        try {
            return wire.interceptor.overflow(FrameType.FRONTEND_BIND, prefix);
        } finally {
            prefix.release();
        }
    }
}
