package io.pgclonedb.it.oracle;

import io.pgclonedb.policy.Function;
import io.pgclonedb.policy.FunctionCatalog;
import io.pgclonedb.policy.FunctionKind;
import io.pgclonedb.policy.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The functions of the catalogue as plpgsql: the same names, parameters, defaults and result columns. What they answer, and
 * how they refuse, was recorded from the proxy; how PostgreSQL goes about it is its own. Each call that acts counts in the
 * sequence {@code oracle.acts}, which no rollback undoes.
 */
final class OracleFunctions {
    private static final String ANSWERS = """
            CREATE TABLE oracle.answers (
                function text, arguments jsonb, answer text, sqlstate text, message text, detail text, hint text,
                UNIQUE (function, arguments))""";

    private static final String ROWS = """
            CREATE TABLE oracle.answer_rows (function text, arguments jsonb, number int, fields text[])""";

    private static final String READ_ONLY = """
            CREATE FUNCTION oracle.require_writable(function_name text) RETURNS void LANGUAGE plpgsql AS $$
            BEGIN
                IF pg_catalog.current_setting('transaction_read_only')::boolean THEN
                    RAISE EXCEPTION USING ERRCODE = '25006',
                        MESSAGE = 'cannot execute pgclonedb.' || function_name || '() in a read-only transaction',
                        HINT = 'Call it outside, or SET TRANSACTION READ WRITE first.';
                END IF;
            END $$""";

    private static final String ANSWER = """
            CREATE FUNCTION oracle.answer(function_name text, given jsonb) RETURNS text LANGUAGE plpgsql AS $$
            DECLARE
                recorded oracle.answers;
            BEGIN
                SELECT * INTO recorded FROM oracle.answers a WHERE a.function = function_name AND a.arguments = given;
                IF NOT FOUND THEN
                    RAISE EXCEPTION 'no answer is recorded for %(%)', function_name, given;
                ELSIF recorded.sqlstate IS NULL THEN
                    RETURN recorded.answer;
                ELSIF recorded.detail IS NULL AND recorded.hint IS NULL THEN
                    RAISE EXCEPTION USING ERRCODE = recorded.sqlstate, MESSAGE = recorded.message;
                ELSIF recorded.detail IS NULL THEN
                    RAISE EXCEPTION USING ERRCODE = recorded.sqlstate, MESSAGE = recorded.message,
                        HINT = recorded.hint;
                ELSIF recorded.hint IS NULL THEN
                    RAISE EXCEPTION USING ERRCODE = recorded.sqlstate, MESSAGE = recorded.message,
                        DETAIL = recorded.detail;
                END IF;
                RAISE EXCEPTION USING ERRCODE = recorded.sqlstate, MESSAGE = recorded.message,
                    DETAIL = recorded.detail, HINT = recorded.hint;
            END $$""";

    private OracleFunctions() {}

    /** Everything that makes a database an oracle, but for the answers. */
    static List<String> definitions() {
        List<String> all = new ArrayList<>(List.of(
                "CREATE SCHEMA pgclonedb",
                "CREATE SCHEMA oracle",
                "CREATE SEQUENCE oracle.acts",
                ANSWERS,
                ROWS,
                READ_ONLY,
                ANSWER));
        FunctionCatalog.functions().stream().map(OracleFunctions::definition).forEach(all::add);
        all.addAll(List.of(
                "GRANT USAGE ON SCHEMA pgclonedb, oracle TO public",
                "GRANT SELECT ON ALL TABLES IN SCHEMA oracle TO public",
                "GRANT USAGE ON ALL SEQUENCES IN SCHEMA oracle TO public"));
        return all;
    }

    private static String definition(Function function) {
        String parameters =
                function.parameters().stream().map(Parameter::declaration).collect(Collectors.joining(", "));
        String result = function.kind() == FunctionKind.READS_ROWS
                ? function.columns().stream()
                        .map(column -> column.name() + " " + column.type())
                        .collect(Collectors.joining(", ", "TABLE (", ")"))
                : "text";
        return "CREATE FUNCTION " + function.qualifiedName() + "(" + parameters + ") RETURNS " + result
                + " LANGUAGE plpgsql AS $$\n#variable_conflict use_column\nDECLARE answer text;\nBEGIN "
                + body(function)
                + " END $$";
    }

    private static String body(Function function) {
        String answer = "answer := oracle.answer('" + function.name() + "', " + arguments(function) + ");";
        return switch (function.kind()) {
            case ACTS ->
                "PERFORM oracle.require_writable('" + function.name() + "'); " + answer
                        + " PERFORM pg_catalog.nextval('oracle.acts'); RETURN answer;";
            case READS_TEXT -> answer + " RETURN answer;";
            case READS_ROWS -> answer + " " + rows(function);
        };
    }

    private static String rows(Function function) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < function.columns().size(); i++) {
            fields.add("r.fields[" + (i + 1) + "]::" + function.columns().get(i).type());
        }
        return "RETURN QUERY SELECT " + String.join(", ", fields) + " FROM oracle.answer_rows r WHERE r.function = '"
                + function.name() + "' AND r.arguments = " + arguments(function) + " ORDER BY r.number;";
    }

    /** All parameters by name as one jsonb value. */
    private static String arguments(Function function) {
        return function.parameters().stream()
                .map(parameter -> "'" + parameter.name() + "', " + function.name() + "." + parameter.name())
                .collect(Collectors.joining(", ", "pg_catalog.jsonb_build_object(", ")"));
    }
}
