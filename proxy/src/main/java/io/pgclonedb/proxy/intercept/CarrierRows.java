package io.pgclonedb.proxy.intercept;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.policy.Arguments;
import io.pgclonedb.protocol.Value;
import io.pgclonedb.protocol.backend.DataRow;
import io.pgclonedb.protocol.backend.TransactionStatus;
import io.pgclonedb.protocol.frontend.Bind;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.operation.CallNotice;
import io.pgclonedb.proxy.sql.Carrier;
import io.pgclonedb.proxy.sql.CarrierRow;
import io.pgclonedb.proxy.sql.PlannedCall;
import io.pgclonedb.proxy.sql.ServedStatement;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The rows of a statement with acting calls: each carrier in a row is run, from left to right, and its answer put in its
 * place. The server's next rows wait meanwhile.
 */
final class CarrierRows {
    private final Flow.Context context;
    private final ServedStatement statement;
    private final Bind bind;
    private final Consumer<PgException> failed;
    private final Deque<Found> found = new ArrayDeque<>();
    private DataRow row = new DataRow(List.of());

    private record Found(int column, CarrierRow carrier) {}

    /**
     * @param bind with the secrets that were kept back
     * @param failed hears of the first call that fails; its row and all rows after it are not to be sent
     */
    CarrierRows(Flow.Context context, ServedStatement statement, Bind bind, Consumer<PgException> failed) {
        this.context = context;
        this.statement = statement;
        this.bind = bind;
        this.failed = failed;
    }

    /** A row of the server. */
    void row(ByteBuf frame) {
        row = DataRow.decode(Frames.payload(frame));
        for (int column = 0; column < row.columns().size(); column++) {
            Value value = row.columns().get(column);
            if (!value.isNull()) {
                Optional<CarrierRow> carrier =
                        Carrier.parse(value.bytes(), statement.nonce(), Encodings.of(context.state()));
                if (carrier.isPresent()) {
                    found.add(new Found(column, carrier.get()));
                }
            }
        }
        if (found.isEmpty()) {
            context.wire().toClient(frame.retainedSlice());
        } else {
            context.wire().holdBackend();
            next();
        }
    }

    private void next() {
        Found current = found.poll();
        if (current == null) {
            context.wire().toClient(row);
            context.wire().flushClient();
            context.wire().resumeBackend();
            return;
        }
        try {
            run(current);
        } catch (PgException refused) {
            fail(refused);
        }
    }

    private void run(Found current) {
        CarrierRow carrier = current.carrier();
        PlannedCall call = statement.calls().get(carrier.call());
        Arguments arguments =
                call.evaluate(carrier, (number, type) -> BoundValues.read(bind, number, type, context.state()));
        context.calls().run(call, arguments, carrier.settings(), new CallRunner.Ending() {
            @Override
            public void succeeded(String answer) {
                answered(current, call, answer);
            }

            @Override
            public void failed(PgException error) {
                fail(error);
            }
        });
    }

    private void answered(Found answered, PlannedCall call, String answer) {
        Charset charset = Encodings.charset(context.state());
        row = row.withColumn(answered.column(), Value.of(answer.getBytes(charset)));
        if (context.state().transactionStatus() == TransactionStatus.IN_TRANSACTION
                && answered.carrier().settings().wants("NOTICE")) {
            String message =
                    "pgclonedb." + call.function().name() + " took effect at once and is not undone by a rollback";
            context.wire().toClient(Responses.notice(new CallNotice("NOTICE", "00000", message, null, null), charset));
        }
        next();
    }

    private void fail(PgException error) {
        found.clear();
        failed.accept(error);
        context.wire().resumeBackend();
    }
}
