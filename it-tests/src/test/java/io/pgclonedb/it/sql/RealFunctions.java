package io.pgclonedb.it.sql;

import io.pgclonedb.it.server.PostgresServer;
import io.pgclonedb.policy.Function;
import io.pgclonedb.policy.FunctionCatalog;
import io.pgclonedb.policy.FunctionKind;
import io.pgclonedb.policy.Parameter;
import io.pgclonedb.policy.ResultColumn;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;

/**
 * A database in which the functions of the catalogue really exist: the standard that rewritten statements are held to. Each
 * call is counted.
 */
final class RealFunctions implements AutoCloseable {
    private final String database;

    private RealFunctions(String database) {
        this.database = database;
    }

    static RealFunctions create(String database) throws SQLException {
        try (Connection connection = PostgresServer.shared().connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + database);
            statement.execute("CREATE DATABASE " + database);
        }
        RealFunctions functions = new RealFunctions(database);
        try (Connection connection = functions.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA pgclonedb");
            statement.execute("CREATE SEQUENCE public.calls");
            for (Function function : FunctionCatalog.functions()) {
                statement.execute(definition(function));
            }
        }
        return functions;
    }

    private static String definition(Function function) {
        String parameters =
                function.parameters().stream().map(Parameter::declaration).collect(Collectors.joining(", "));
        boolean rows = function.kind() == FunctionKind.READS_ROWS;
        String columns = function.columns().stream()
                .map(column -> column.name() + " " + column.type())
                .collect(Collectors.joining(", ", "TABLE (", ")"));
        String result = rows ? "RETURN" : "RETURN 'done'";
        return "CREATE FUNCTION pgclonedb." + function.name() + "(" + parameters + ") RETURNS "
                + (rows ? columns : "text") + " LANGUAGE plpgsql AS $$ BEGIN PERFORM nextval('public.calls'); " + result
                + "; END $$";
    }

    /** One row of a call that reads, with a text in every column that takes one. */
    static String oneRow(Function function) {
        return function.columns().stream().map(RealFunctions::field).collect(Collectors.joining(", ", "[{", "}]"));
    }

    private static String field(ResultColumn column) {
        String value = switch (column.type()) {
            case "bigint" -> "9007199254740993";
            case "timestamptz" -> "\"2026-01-02T03:04:05.678901+00:00\"";
            case "jsonb" -> "{\"a\": \"***\"}";
            default -> "\"it's ä\"";
        };
        return "\"" + column.name() + "\": " + value;
    }

    Connection connect() throws SQLException {
        return PostgresServer.shared().connect(database);
    }

    @Override
    public void close() throws SQLException {
        try (Connection connection = PostgresServer.shared().connect("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + database);
        }
    }
}
