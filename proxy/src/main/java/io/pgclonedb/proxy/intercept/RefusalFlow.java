package io.pgclonedb.proxy.intercept;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.backend.ErrorResponse;
import io.pgclonedb.protocol.backend.ReadyForQuery;
import io.pgclonedb.protocol.backend.TransactionStatus;
import io.pgclonedb.protocol.frontend.Close;
import io.pgclonedb.protocol.frontend.FrontendMessage;
import io.pgclonedb.protocol.frontend.Parse;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import io.pgclonedb.proxy.sql.Plan;
import io.pgclonedb.proxy.sql.ServedStatement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that is refused: no call of it reaches the server, but the server fails as if it had. Where a mistake in the grammar
 * is the better answer, it is the server that finds it.
 */
final class RefusalFlow implements Flow {
    private final Context context;
    private final PgException error;
    private final @Nullable ServedStatement grammar;
    private final boolean simpleQuery;
    private final BackendFailure failure;
    /** The reason itself, where the client hears that the transaction has failed. */
    private final String sqlState;

    private boolean parsing;

    RefusalFlow(Context context, Plan.Refused refused, boolean simpleQuery) {
        this.context = context;
        this.error = inTransaction(context.state().transactionStatus(), refused.error());
        this.grammar = refused.grammar();
        this.sqlState = refused.error().sqlState();
        this.simpleQuery = simpleQuery;
        this.failure = new BackendFailure(context, simpleQuery ? this::sync : context.done());
    }

    /** In a failed transaction the server looks at nothing but the syntax. */
    private static PgException inTransaction(TransactionStatus status, PgException error) {
        if (status != TransactionStatus.FAILED || error.sqlState().equals(SqlState.SYNTAX_ERROR.code())) {
            return error;
        }
        return PgException.error(
                SqlState.IN_FAILED_SQL_TRANSACTION,
                "current transaction is aborted, commands ignored until end of transaction block");
    }

    @Override
    public void begin() {
        context.refusals().refused(sqlState);
        TransactionStatus status = context.state().transactionStatus();
        if (grammar != null) {
            parsing = true;
            context.statements().forgetStatement(CString.EMPTY);
            context.wire().toBackend(new Parse(CString.EMPTY, CString.of(grammar.sql()), List.of()));
            context.wire().toBackend(new FrontendMessage.Flush());
            context.wire().flushBackend();
        } else if (simpleQuery && status != TransactionStatus.IN_TRANSACTION) {
            tell();
            context.wire().toClient(new ReadyForQuery(status));
            context.wire().flushClient();
            context.done().run();
        } else {
            failure.begin(error);
        }
    }

    private void tell() {
        context.wire().toClient(Responses.error(error, Encodings.charset(context.state())));
    }

    private void parsed(ServedStatement text, byte type, ByteBuf frame) {
        if (type == FrameType.BACKEND_PARSE_COMPLETE) {
            parsing = false;
            context.wire().toBackend(new Close(Close.STATEMENT, CString.EMPTY));
            failure.begin(error);
        } else if (type == FrameType.BACKEND_ERROR_RESPONSE) {
            parsing = false;
            ErrorResponse answer = ErrorResponse.decode(Frames.payload(frame));
            if (answer.fields().sqlState().equals(SqlState.SYNTAX_ERROR.code())) {
                context.wire().toClient(ServerErrors.translated(answer, text, context.state()));
            } else {
                tell();
            }
            if (simpleQuery) {
                sync();
            } else {
                context.done().run();
            }
        }
    }

    private void sync() {
        context.wire().toBackend(new FrontendMessage.Sync());
        context.wire().flushBackend();
    }

    @Override
    public void reply(byte type, ByteBuf frame) {
        if (parsing && grammar != null) {
            parsed(grammar, type, frame);
        } else if (!failure.takes(type) && type == FrameType.BACKEND_READY_FOR_QUERY) {
            context.wire().toClient(frame.retainedSlice());
            context.done().run();
        }
    }
}
