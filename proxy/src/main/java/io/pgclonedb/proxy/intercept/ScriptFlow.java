package io.pgclonedb.proxy.intercept;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.backend.NoticeResponse;
import io.pgclonedb.protocol.backend.ReadyForQuery;
import io.pgclonedb.protocol.backend.TransactionStatus;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import io.pgclonedb.proxy.sql.Plan;
import io.pgclonedb.proxy.sql.TransactionCommand;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Query of several statements with calls among them. The server is sent one at a time, in a transaction that the client does not
 * hear of, so that they succeed and fail together as in one string (PostgreSQL documentation, "Multiple Statements in a Simple
 * Query").
 */
final class ScriptFlow implements Flow {
    private static final String ACTIVE_SQL_TRANSACTION = "25001";
    private static final String SAVEPOINT = "pgclonedb_syntax";
    private static final List<String> LEXED_BY = List.of("standard_conforming_strings", "client_encoding");

    private final Context context;
    private final CallTexts texts;
    private final Iterator<Plan.Part> parts;
    private final List<String> settings;
    private final ScriptWire wire;
    /** For the flows of the statements. */
    private final Context inner;

    private final boolean inTransaction;
    private Flow current;
    private Plan.@Nullable Part part;
    /** Whether the open transaction is ours. */
    private boolean implicit;

    ScriptFlow(Context context, CallTexts texts, Plan.Several script) {
        this.context = context;
        this.texts = texts;
        this.parts = script.parts().iterator();
        this.settings = settings();
        this.wire = new ScriptWire(context.wire());
        this.inner = new Context(
                wire, context.state(), context.statements(), context.calls(), context.refusals(), this::statementDone);
        this.inTransaction = status() == TransactionStatus.IN_TRANSACTION;
        this.current = new GrammarFlow(inner, script.whole(), this::grammarRead);
    }

    private List<String> settings() {
        return LEXED_BY.stream().map(name -> context.state().setting(name, "")).toList();
    }

    private TransactionStatus status() {
        return context.state().transactionStatus();
    }

    /** A mistake in the grammar of any statement keeps all of them from running. */
    @Override
    public void begin() {
        Flow grammar = current;
        if (inTransaction) {
            hidden("SAVEPOINT " + SAVEPOINT, () -> start(grammar));
        } else {
            grammar.begin();
        }
    }

    private void grammarRead(GrammarFlow.Verdict verdict) {
        switch (verdict) {
            case WRONG -> finish();
            case SINGLE -> {
                PgException doubt = PgException.error(
                        SqlState.FEATURE_NOT_SUPPORTED, "the statements of this string cannot be told apart");
                start(new RefusalFlow(inner, new Plan.Refused(doubt), true));
            }
            case SEVERAL -> {
                if (inTransaction) {
                    hidden("ROLLBACK TO SAVEPOINT " + SAVEPOINT + "; RELEASE SAVEPOINT " + SAVEPOINT, this::next);
                } else {
                    next();
                }
            }
        }
    }

    private void next() {
        Plan.Part following = parts.next();
        part = following;
        TransactionCommand command = following.transaction();
        if (status() == TransactionStatus.IDLE && command == TransactionCommand.NONE) {
            hidden("BEGIN", () -> {
                implicit = true;
                run(following);
            });
        } else if (implicit && (command == TransactionCommand.COMMIT || command == TransactionCommand.ABORT)) {
            // Outside a transaction the server itself warns or fails, in its own words.
            implicit = false;
            hidden(command == TransactionCommand.COMMIT ? "COMMIT" : "ROLLBACK", () -> run(following));
        } else {
            run(following);
        }
    }

    private void run(Plan.Part following) {
        wire.begin(!parts.hasNext());
        Plan plan = following.plan() instanceof Plan.PassThrough ? texts.use(following.text()) : following.plan();
        if (!settings.equals(settings())) {
            plan = new Plan.Refused(PgException.error(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "a string with pgclonedb calls cannot change how the rest of it is read")
                    .withHint("Set standard_conforming_strings and client_encoding in a string of their own."));
        }
        if (plan instanceof Plan.Served served) {
            start(new SimpleQueryFlow(inner, served.statement()));
        } else if (plan instanceof Plan.Refused refused) {
            // The grammar of the whole string has been read already.
            start(new RefusalFlow(inner, new Plan.Refused(refused.error()), true));
        } else {
            start(new PassingFlow(inner, following.text()));
        }
    }

    private void statementDone() {
        boolean begun = part != null && part.transaction() == TransactionCommand.BEGIN;
        if (status() == TransactionStatus.IDLE || (begun && !wire.failed())) {
            implicit = false;
        }
        if (wire.failed()) {
            end("ROLLBACK");
        } else if (parts.hasNext()) {
            next();
        } else {
            end("COMMIT");
        }
    }

    private void end(String command) {
        if (implicit) {
            hidden(command, this::finish);
        } else {
            finish();
        }
    }

    private void finish() {
        if (!wire.failed()) {
            wire.sendTag();
        }
        context.wire().toClient(new ReadyForQuery(status()));
        context.wire().flushClient();
        context.done().run();
    }

    private void hidden(String sql, Runnable next) {
        start(new HiddenQueryFlow(inner, sql, error -> {
            if (error == null) {
                next.run();
            } else {
                wire.toClient(error);
                finish();
            }
        }));
    }

    private void start(Flow flow) {
        current = flow;
        flow.begin();
    }

    @Override
    public boolean looksInto(byte type) {
        return current.looksInto(type);
    }

    private boolean beginsWithinOurs() {
        return implicit && part != null && part.transaction() == TransactionCommand.BEGIN;
    }

    @Override
    public void reply(byte type, ByteBuf frame) {
        boolean ofOurs = type == FrameType.BACKEND_NOTICE_RESPONSE && beginsWithinOurs() && warnsOfOurs(frame);
        if (!ofOurs) {
            current.reply(type, frame);
        }
    }

    /** "there is already a transaction in progress": there is, but the client does not know. */
    private static boolean warnsOfOurs(ByteBuf frame) {
        return NoticeResponse.decode(Frames.payload(frame)).fields().sqlState().equals(ACTIVE_SQL_TRANSACTION);
    }
}
