package io.pgclonedb.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A connection whose futures are waited for. */
record VertxSession(PgConnection connection) implements AutoCloseable {
    static <T> T wait(Future<T> future) {
        try {
            return future.await(40, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new CompletionException(late);
        }
    }

    Future<RowSet<Row>> rows(String sql, Object... values) {
        return values.length == 0
                ? connection.query(sql).execute()
                : connection.preparedQuery(sql).execute(Tuple.from(values));
    }

    String call(String sql, Object... values) {
        RowSet<Row> rows = wait(rows(sql, values));
        assertThat(rows.size()).isEqualTo(1);
        return String.valueOf(rows.iterator().next().getValue(0));
    }

    PgException refusal(String sql, Object... values) {
        return refusal(rows(sql, values));
    }

    static PgException refusal(Future<?> future) {
        PgException error = catchThrowableOfType(PgException.class, () -> wait(future));
        assertThat(error).isNotNull();
        return error;
    }

    @Override
    public void close() {
        wait(connection.close());
    }
}
