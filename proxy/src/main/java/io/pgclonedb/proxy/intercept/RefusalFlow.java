package io.pgclonedb.proxy.intercept;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.backend.ReadyForQuery;
import io.pgclonedb.protocol.backend.TransactionStatus;
import io.pgclonedb.protocol.frontend.FrontendMessage;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;

/** A message that is refused: nothing of it reaches the server, but the server fails as if it had. */
final class RefusalFlow implements Flow {
    private final Context context;
    private final PgException error;
    private final boolean simpleQuery;
    private final BackendFailure failure;

    RefusalFlow(Context context, PgException error, boolean simpleQuery) {
        this.context = context;
        this.error = inTransaction(context.state().transactionStatus(), error);
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
        TransactionStatus status = context.state().transactionStatus();
        if (simpleQuery && status != TransactionStatus.IN_TRANSACTION) {
            context.wire().toClient(Responses.error(error, Encodings.charset(context.state())));
            context.wire().toClient(new ReadyForQuery(status));
            context.wire().flushClient();
            context.done().run();
            return;
        }
        failure.begin(error);
    }

    private void sync() {
        context.wire().toBackend(new FrontendMessage.Sync());
        context.wire().flushBackend();
    }

    @Override
    public void reply(byte type, ByteBuf frame) {
        if (!failure.takes(type) && type == FrameType.BACKEND_READY_FOR_QUERY) {
            context.wire().toClient(frame.retainedSlice());
            context.done().run();
        }
    }
}
