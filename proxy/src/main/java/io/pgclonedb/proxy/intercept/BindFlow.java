package io.pgclonedb.proxy.intercept;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.protocol.CString;
import io.pgclonedb.protocol.Format;
import io.pgclonedb.protocol.FrameType;
import io.pgclonedb.protocol.Value;
import io.pgclonedb.protocol.backend.TransactionStatus;
import io.pgclonedb.protocol.frontend.Bind;
import io.pgclonedb.protocol.frontend.FrontendMessage;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import io.pgclonedb.proxy.sql.ServedStatement;
import java.util.Collections;
import java.util.List;

/**
 * A Bind of a statement with calls: secrets are kept back, NULL goes in their place, and what the reading calls have read
 * is added as hidden parameters.
 */
final class BindFlow implements Flow {
    private final Context context;
    private final ServedStatement statement;
    private final Bind bind;
    private final BackendFailure failure;

    BindFlow(Context context, ServedStatement statement, Bind bind) {
        this.context = context;
        this.statement = statement;
        this.bind = bind;
        this.failure = new BackendFailure(context, context.done());
    }

    @Override
    public void begin() {
        int expected = statement.maxParameter();
        List<?> reading = statement.readingCalls();
        if (bind.parameters().size() != expected
                && (!reading.isEmpty() || !statement.secretParameters().isEmpty())) {
            failure.begin(PgException.error(
                    SqlState.PROTOCOL_VIOLATION,
                    "bind message supplies " + bind.parameters().size() + " parameters, but prepared statement \""
                            + Encodings.decodeLeniently(context.state(), bind.statement()) + "\" requires "
                            + expected));
        } else if (context.state().transactionStatus() == TransactionStatus.FAILED) {
            // The server refuses it with 25P02, whatever the values are; nothing is read for that.
            send(Collections.nCopies(reading.size(), Value.NULL));
        } else {
            new ReadingCalls(context, statement, bind, this::send, failure::begin).run();
        }
    }

    private void send(List<Value> hidden) {
        Bind sent = bind;
        for (int number : statement.secretParameters()) {
            sent = sent.withParameter(number - 1, Value.NULL);
        }
        for (Value value : hidden) {
            sent = sent.withAppendedParameter(Format.TEXT, value);
        }
        context.wire().toBackend(sent);
        context.wire().toBackend(new FrontendMessage.Flush());
        context.wire().flushBackend();
    }

    @Override
    public void reply(byte type, ByteBuf frame) {
        if (failure.takes(type)) {
            return;
        }
        context.wire().toClient(frame.retainedSlice());
        if (type == FrameType.BACKEND_BIND_COMPLETE) {
            CString portal = bind.portal();
            context.statements().bound(portal, new CarrierStatements.Portal(statement, bind));
        }
        if (type == FrameType.BACKEND_BIND_COMPLETE || type == FrameType.BACKEND_ERROR_RESPONSE) {
            context.done().run();
        }
    }
}
