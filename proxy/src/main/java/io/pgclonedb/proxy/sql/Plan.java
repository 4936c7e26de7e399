package io.pgclonedb.proxy.sql;

import io.pgclonedb.proxy.error.PgException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be done with the text of a Query or Parse. */
public sealed interface Plan {
    /** It holds no call: the same bytes go on. */
    record PassThrough() implements Plan {}

    /**
     * It must not reach the server; the client gets this error.
     *
     * @param error with the position in the client's text, where there is one
     * @param grammar the text without its calls, in which the server may find a mistake that explains more; null for none
     */
    record Refused(PgException error, @Nullable ServedStatement grammar) implements Plan {
        public Refused(PgException error) {
            this(error, null);
        }
    }

    /** It is sent on rewritten. */
    record Served(ServedStatement statement) implements Plan {}

    /**
     * It has several statements, which are run one by one as PostgreSQL would run the string.
     *
     * @param whole the text without its calls, to have its grammar checked and no more
     */
    record Several(ServedStatement whole, List<Part> parts) implements Plan {
        public Several {
            parts = List.copyOf(parts);
        }
    }

    /**
     * One of several statements.
     *
     * @param plan for it; PassThrough when the text below is to be sent as it is
     * @param text of the statement
     */
    record Part(Plan plan, ServedStatement text, TransactionCommand transaction) {}
}
