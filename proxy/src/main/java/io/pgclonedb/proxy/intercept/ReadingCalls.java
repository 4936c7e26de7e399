package io.pgclonedb.proxy.intercept;

import io.pgclonedb.policy.Arguments;
import io.pgclonedb.protocol.Value;
import io.pgclonedb.protocol.frontend.Bind;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.sql.PlannedCall;
import io.pgclonedb.proxy.sql.ServedStatement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs the reading calls of a statement, one after the other. What they read travels to the server as the values of hidden
 * parameters, and the server does the rest with it.
 */
final class ReadingCalls {
    private final Flow.Context context;
    private final Bind bind;
    private final Iterator<PlannedCall> remaining;
    private final List<Value> values = new ArrayList<>();
    private final Consumer<List<Value>> read;
    private final Consumer<PgException> failed;

    /**
     * @param bind with the values of parameters that are arguments
     * @param read gets the values of the hidden parameters, in their order, as text
     * @param failed hears of the first call that fails
     */
    ReadingCalls(
            Flow.Context context,
            ServedStatement statement,
            Bind bind,
            Consumer<List<Value>> read,
            Consumer<PgException> failed) {
        this.context = context;
        this.bind = bind;
        this.remaining = statement.readingCalls().iterator();
        this.read = read;
        this.failed = failed;
    }

    void run() {
        if (!remaining.hasNext()) {
            read.accept(values);
            return;
        }
        PlannedCall call = remaining.next();
        Arguments arguments;
        try {
            arguments = call.evaluate(null, (number, type) -> BoundValues.read(bind, number, type, context.state()));
        } catch (PgException refused) {
            failed.accept(refused);
            return;
        }
        context.calls().run(call, arguments, null, new CallRunner.Ending() {
            @Override
            public void succeeded(String answer) {
                values.add(Value.of(answer.getBytes(Encodings.charset(context.state()))));
                ReadingCalls.this.run();
            }

            @Override
            public void failed(PgException error) {
                failed.accept(error);
            }
        });
    }
}
