package io.pgclonedb.it.oracle;

import io.pgclonedb.policy.Function;
import io.pgclonedb.policy.FunctionCatalog;
import io.pgclonedb.policy.FunctionKind;
import io.pgclonedb.policy.Parameter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A call that answers the same whenever it is made, because what it asks for is so already, or is refused.
 *
 * @param given the arguments as SQL expressions, by parameter; the others have their defaults
 */
record RecordedCall(Function function, Map<String, String> given) {
    static RecordedCall of(String function, Map<String, String> given) {
        return new RecordedCall(FunctionCatalog.find(function).orElseThrow(), given);
    }

    /** Makes the call through the proxy and has the oracle remember what came of it. */
    void record(Connection proxy, Connection oracle) throws SQLException {
        try (Statement statement = proxy.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + call())) {
            if (function.kind() == FunctionKind.READS_ROWS) {
                remember(oracle, "", null);
                for (int number = 0; rows.next(); number++) {
                    rememberRow(oracle, number, fields(rows));
                }
            } else {
                rows.next();
                remember(oracle, rows.getString(1), null);
            }
        } catch (PSQLException failure) {
            ServerErrorMessage error = failure.getServerErrorMessage();
            if (error == null) {
                throw failure;
            }
            remember(oracle, null, error);
        }
    }

    private String call() {
        return given.entrySet().stream()
                .map(argument -> argument.getKey() + " := " + argument.getValue())
                .collect(Collectors.joining(", ", function.qualifiedName() + "(", ")"));
    }

    private String arguments() {
        return function.parameters().stream()
                .map(parameter -> "'" + parameter.name() + "', (" + value(parameter) + ")::"
                        + parameter.type().sqlName())
                .collect(Collectors.joining(", ", "jsonb_build_object(", ")"));
    }

    private @Nullable String value(Parameter parameter) {
        return given.getOrDefault(parameter.name(), parameter.defaultSql());
    }

    private String[] fields(ResultSet row) throws SQLException {
        List<@Nullable String> fields = new ArrayList<>();
        for (int column = 1; column <= function.columns().size(); column++) {
            fields.add(row.getString(column));
        }
        return fields.toArray(String[]::new);
    }

    private void remember(Connection oracle, @Nullable String answer, @Nullable ServerErrorMessage error)
            throws SQLException {
        try (PreparedStatement insert =
                oracle.prepareStatement("INSERT INTO oracle.answers VALUES (?, " + arguments() + ", ?, ?, ?, ?, ?)")) {
            insert.setString(1, function.name());
            insert.setString(2, answer);
            insert.setString(3, error == null ? null : error.getSQLState());
            insert.setString(4, error == null ? null : error.getMessage());
            insert.setString(5, error == null ? null : error.getDetail());
            insert.setString(6, error == null ? null : error.getHint());
            insert.execute();
        }
    }

    private void rememberRow(Connection oracle, int number, String[] fields) throws SQLException {
        try (PreparedStatement insert =
                oracle.prepareStatement("INSERT INTO oracle.answer_rows VALUES (?, " + arguments() + ", ?, ?)")) {
            insert.setString(1, function.name());
            insert.setInt(2, number);
            insert.setArray(3, oracle.createArrayOf("text", fields));
            insert.execute();
        }
    }
}
