package io.pgclonedb.proxy.operation;

import io.pgclonedb.policy.Function;
import io.pgclonedb.policy.FunctionKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Collectors;

/**
 * A function of the catalogue as it stands in a database: name, parameters, defaults, result and comment, so that clients can
 * show it, and a body that does nothing but raise an error, whoever calls it and whatever the caller's settings are.
 */
final class StubFunction {
    /** How the source of every stub begins, by which {@link StubSchema} tells it from what others made. */
    static final String MARK = "\n-- pgclonedb stub: ";

    private static final String BODY = MARK + """
            the proxy answers calls of this function, here is no more than its signature
            BEGIN
                RAISE EXCEPTION USING
                    ERRCODE = 'feature_not_supported',
                    MESSAGE = %L,
                    DETAIL = %L,
                    HINT = %L;
            END
            """;

    private final Function function;

    StubFunction(Function function) {
        this.function = function;
    }

    /** {@code address} is where the proxy can be reached, host and port. */
    void create(Connection connection, String address) throws SQLException {
        String body = Ddl.format(
                connection,
                BODY,
                "connect through the proxy at " + address + " to call " + function.qualifiedName(),
                "This call has reached the server, where the function is no more than a signature for clients to show.",
                "In a session through the proxy, write the call with its schema, outside of functions and DO blocks.");
        Ddl.execute(connection, definition() + " AS %L", body);
        Ddl.execute(connection, "COMMENT ON FUNCTION " + identity() + " IS %L", function.description());
    }

    /** The command up to the body. */
    String definition() {
        return "CREATE FUNCTION " + function.signature() + " RETURNS " + result()
                + " LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET search_path = pg_catalog, pg_temp";
    }

    private String result() {
        if (function.kind() != FunctionKind.READS_ROWS) {
            return "text";
        }
        return function.columns().stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(", ", "TABLE (", ")"));
    }

    /** Name and types, which name one function among others. */
    String identity() {
        return function.parameters().stream()
                .map(parameter -> parameter.type().sqlName())
                .collect(Collectors.joining(", ", function.qualifiedName() + "(", ")"));
    }
}
