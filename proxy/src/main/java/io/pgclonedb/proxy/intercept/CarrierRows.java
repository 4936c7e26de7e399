package io.pgclonedb.proxy.intercept;

import io.netty.buffer.ByteBuf;
import io.pgclonedb.policy.Arguments;
import io.pgclonedb.protocol.Value;
import io.pgclonedb.protocol.backend.DataRow;
import io.pgclonedb.protocol.backend.TransactionStatus;
import io.pgclonedb.protocol.frontend.Bind;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import io.pgclonedb.proxy.operation.CallNotice;
import io.pgclonedb.proxy.sql.Carrier;
import io.pgclonedb.proxy.sql.CarrierRow;
import io.pgclonedb.proxy.sql.PlannedCall;
import io.pgclonedb.proxy.sql.ServedStatement;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * The rows of a statement with acting calls: each carrier in a row is run, from left to right, and its answer put in its
 * place. The server's next rows wait meanwhile.
 */
final class CarrierRows {
    private final Flow.Context context;
    private final Carriers carriers;
    private final Consumer<PgException> failed;
    private final Deque<Found> found = new ArrayDeque<>();
    private DataRow row = new DataRow(List.of());

    private record Found(int column, CarrierRow carrier, CarrierStatements.Portal portal) {
        PlannedCall call() {
            return portal.statement().calls().get(carrier.call());
        }
    }

    /**
     * @param carriers knows which of them are ours, and the secrets that were kept back
     * @param failed hears of the first call that fails; its row and all rows after it are not to be sent
     */
    CarrierRows(Flow.Context context, Carriers carriers, Consumer<PgException> failed) {
        this.context = context;
        this.carriers = carriers;
        this.failed = failed;
    }

    /** A row of the server. */
    void row(ByteBuf frame) {
        row = DataRow.decode(Frames.payload(frame));
        for (int column = 0; column < row.columns().size(); column++) {
            Value value = row.columns().get(column);
            if (!value.isNull()) {
                find(column, value.bytes());
            }
        }
        if (found.isEmpty()) {
            context.wire().toClient(frame.retainedSlice());
            return;
        }
        context.wire().holdBackend();
        if (found.stream().map(Found::call).distinct().count() < found.size()) {
            fail(PgException.error(
                    SqlState.OBJECT_NOT_IN_PREREQUISITE_STATE, "a row holds the same pgclonedb call more than once"));
        } else {
            next();
        }
    }

    /** A carrier is told by its mark and its column: a function in the same statement could read the mark and repeat it. */
    private void find(int column, byte[] value) {
        String nonce = Carrier.nonce(value);
        CarrierStatements.Portal portal = nonce == null ? null : carriers.markedWith(nonce);
        if (nonce != null && portal != null) {
            Carrier.parse(value, nonce, Encodings.of(context.state()))
                    .filter(carrier -> isAt(column, carrier, portal.statement()))
                    .ifPresent(carrier -> found.add(new Found(column, carrier, portal)));
        }
    }

    private static boolean isAt(int column, CarrierRow carrier, ServedStatement statement) {
        if (carrier.call() < 0 || carrier.call() >= statement.calls().size()) {
            return false;
        }
        PlannedCall call = statement.calls().get(carrier.call());
        return call.acts() && (call.column() < 0 || call.column() == column);
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
        PlannedCall call = current.call();
        Bind bind = current.portal().bind();
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
