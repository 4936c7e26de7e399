package io.pgclonedb.it.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.sql.CallPlanner;
import io.pgclonedb.proxy.sql.Carrier;
import io.pgclonedb.proxy.sql.CarrierErrors;
import io.pgclonedb.proxy.sql.CarrierRow;
import io.pgclonedb.proxy.sql.ClientEncoding;
import io.pgclonedb.proxy.sql.Plan;
import io.pgclonedb.proxy.sql.PlanOptions;
import io.pgclonedb.proxy.sql.PlannedCall;
import io.pgclonedb.proxy.sql.ServedStatement;
import io.pgclonedb.proxy.sql.SessionSettings;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Rewritten statements against a server, compared with what the server does where the functions really exist. */
class CallPlannerIT {
    private static final String NONCE = "0123456789abcdef";

    private static RealFunctions functions;
    private static Connection connection;

    @BeforeAll
    static void createFunctions() throws SQLException {
        functions = RealFunctions.create("call_planner_it");
        connection = functions.connect();
    }

    @AfterAll
    static void dropFunctions() throws SQLException {
        connection.close();
        functions.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT pgclonedb.help();",
                "SELECT pgclonedb.help('create_database') AS \"H\"",
                "SELECT * FROM pgclonedb.help()",
                "SELECT h.x FROM pgclonedb.help() h(x)",
                "SELECT pgclonedb.open_database('myapp_source');",
                "SELECT pgclonedb.create_database(\ndbname := 'myapp_dev',\ntemplate := 'myapp_source'\n);",
                "SELECT pgclonedb.configure(min_free_bytes := 21474836480);",
                "SELECT * FROM pgclonedb.show_config();",
                "SELECT pgclonedb.drop_database('myapp_dev', force := true);",
                "SELECT pgclonedb.create_role(rolename := 'app_readonly', password := 'S3cure!', login := true, -- default\n"
                        + "createdb := false, createrole := false, conn_limit := -1, valid_until := '2026-12-31'::timestamptz -- optional\n);",
                "SELECT pgclonedb.reset_password(rolename := 'r', new_password := 'N3w', valid_until := '2027-06-30'::timestamptz)",
                "SELECT * FROM pgclonedb.get_audit_log(max_rows := 20);",
                "SELECT * FROM pgclonedb.get_audit_log(filter_operation := 'create_database');",
                "SELECT * FROM pgclonedb.open_database('a') AS result",
                "SELECT r.y FROM pgclonedb.open_database('a') r(y)",
                "SELECT open_database FROM pgclonedb.open_database('a') LIMIT 1",
                "SELECT x, pgclonedb.open_database('d' || x) FROM generate_series(1, 3) x WHERE x > 1 ORDER BY x DESC LIMIT 1",
                "SELECT *, pgclonedb.open_database('d' || x) y, 'z' FROM generate_series(1, 3) x",
                "SELECT pgclonedb.open_database(max('a')), pgclonedb.close_database('b', 1 = 2)",
                "SELECT pgclonedb.configure(audit_retention := '90 days', enable := NULL)",
                "SELECT pgclonedb.show_config()",
                "SELECT pgclonedb.show_config() AS c, x FROM generate_series(1, 2) x WHERE x > 1 LIMIT 5",
                "SELECT count(*) AS n, max(value) FROM pgclonedb.show_config() c WHERE c.setting LIKE '%' GROUP BY value",
                "SELECT a.id, c.*, h FROM pgclonedb.get_audit_log(5) a LEFT JOIN pgclonedb.show_config() c(x) ON c.x = a.caller,"
                        + " pgclonedb.help() h"
            })
    void describesItsResultAsRealFunctionsDo(String sql) throws SQLException {
        ServedStatement served = served(sql);
        assertThat(columns(served)).isEqualTo(columns(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // text
                "open_database('a')",
                "open_database(NULL)",
                "open_database('a'::name)",
                "open_database('a'::varchar(5))",
                "open_database('a'::char(5))",
                "open_database(now())",
                "open_database(1.5::numeric)",
                "open_database(1 + 1)",
                "open_database(current_user)",
                "open_database(ARRAY['a'])",
                "open_database('a'::bytea)",
                "open_database('{}'::json)",
                "open_database(1 = 1)",
                "open_database(nosuch)",
                "open_database(nosuch(1))",
                "open_database('a' || 1)",
                "open_database('a' 'b')",
                "open_database((SELECT 'a'))",
                "open_database((SELECT 1))",
                "open_database(E'\\x41\\n')",
                "open_database(U&'\\0041')",
                "open_database($$a$$)",
                // boolean
                "close_database('a', 'yes')",
                "close_database('a', 'maybe')",
                "close_database('a', 't'::text)",
                "close_database('a', NULL)",
                "close_database('a', 1 > 2)",
                "close_database('a', length('a'))",
                // integer, bigint
                "create_role('a', conn_limit := '5')",
                "create_role('a', conn_limit := 'x')",
                "create_role('a', conn_limit := 5::smallint)",
                "create_role('a', conn_limit := 5::bigint)",
                "create_role('a', conn_limit := 5.0 + 1)",
                "create_role('a', conn_limit := '99999999999')",
                "configure(min_free_bytes := 5)",
                "configure(min_free_bytes := -1)",
                "configure(min_free_bytes := 5::smallint)",
                "configure(min_free_bytes := '5')",
                "configure(min_free_bytes := 5.5::numeric)",
                "configure(min_free_bytes := '5'::text)",
                // timestamptz, interval
                "reset_password('a', 'pw', '2026-01-01')",
                "reset_password('a', 'pw', 'infinity')",
                "reset_password('a', 'pw', '2026-13-01')",
                "reset_password('a', 'pw', now())",
                "reset_password('a', 'pw', current_date)",
                "reset_password('a', 'pw', localtimestamp)",
                "reset_password('a', 'pw', NULL)",
                "reset_password('a', 'pw', '1'::text)",
                "reset_password('a', 'pw', current_time)",
                "configure(audit_retention := '1 month 2 days')",
                "configure(audit_retention := interval '1' day)",
                "configure(audit_retention := '1 fortnight')",
                "configure(audit_retention := localtime)",
                "configure(audit_retention := '1'::text)",
                "drop_database(lower('A'), 'x' || 'y')",
                "drop_database(force => now(), dbname => 'a')"
            })
    void takesTheArgumentsThatRealFunctionsTake(String call) throws SQLException {
        String sql = "SELECT 'ä', pgclonedb." + call;
        ServedStatement served = served(sql);
        String expected = outcome(null, sql);
        assertThat(outcome(served, new String(served.sql(), StandardCharsets.UTF_8)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nosuch(1, 'a', true, NULL, 1.5, 5000000000, b => $$x$$)",
                "open_database(1)",
                "open_database(true)",
                "open_database(1.5)",
                "open_database('a', 'b')",
                "open_database(x := 'a')",
                "create_database('a')",
                "create_database('a', dbname := 'b')",
                "create_database(dbname := 'a', 'b')",
                "create_database(dbname := 'a', dbname := 'b')",
                "create_role('a', conn_limit := 3000000000)",
                "create_role('a', conn_limit := 1.5)",
                "create_role('a', login := 1)",
                "configure(min_free_bytes := 10000000000000000000)",
                "configure(audit_retention := 5)",
                "help(DISTINCT 'x')",
                "help('x' ORDER BY 1)",
                "help(*)",
                "help() OVER ()",
                "help() FILTER (WHERE true)",
                "open_database('a'",
                "open_database(,)"
            })
    void refusesAsTheServerWould(String call) throws SQLException {
        String sql = "SELECT 'ä', pgclonedb." + call;
        assertThat(plan(sql)).isInstanceOf(Plan.Refused.class);
        PgException refused = ((Plan.Refused) plan(sql)).error();
        assertThat(refused.sqlState() + " " + refused.text() + " @" + refused.position())
                .isEqualTo(outcome(null, sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT pgclonedb.open_database($1)",
                "SELECT pgclonedb.close_database($1, $2)",
                "SELECT pgclonedb.close_database(terminate_backends := $1, dbname := $2::text)",
                "SELECT pgclonedb.create_role($1, conn_limit := $2, valid_until := $3, password := $4)",
                "SELECT pgclonedb.configure($1, audit_retention := $2)",
                "SELECT pgclonedb.help($1), $2::int",
                "SELECT * FROM pgclonedb.get_audit_log($2, $1) WHERE id = $3",
                "SELECT * FROM pgclonedb.open_database($1) AS r"
            })
    void typesParametersAsRealFunctionsDo(String sql) throws SQLException {
        ServedStatement served = served(sql);
        List<String> types = parameterTypes(new String(served.sql(), StandardCharsets.UTF_8));
        assertThat(types.subList(0, served.maxParameter())).isEqualTo(parameterTypes(sql));
        assertThat(types.size())
                .isEqualTo(served.maxParameter() + served.readingCalls().size());
    }

    @Test
    void bringsTheEvaluatedArgumentsBack() throws SQLException {
        ServedStatement served =
                served("SELECT x, pgclonedb.create_role(rolename := 'ä\"''\\' || x, password := 'pw', login := x > 1,"
                        + " conn_limit := NULL, valid_until := '2026-01-01 UTC'::timestamptz), pgclonedb.configure(5000000000 + x,"
                        + " audit_retention := '1 day') FROM generate_series(1, 2) x ORDER BY x");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            statement.execute("SET statement_timeout = '70s'");
            try (ResultSet rows = statement.executeQuery(new String(served.sql(), StandardCharsets.UTF_8))) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.next()).isTrue();
                CarrierRow role = carrier(rows.getString(2));
                assertThat(role.call()).isZero();
                assertThat(role.settings().statementTimeout()).isEqualTo("70s");
                assertThat(role.settings().clientMinMessages()).isEqualTo("notice");
                assertThat(role.settings().readOnly()).isFalse();
                assertThat(role.values()).containsExactly("ä\"'\\2", null, true, null, "2026-01-01T00:00:00+00:00");
                CarrierRow configure = carrier(rows.getString(3));
                assertThat(configure.call()).isEqualTo(1);
                PlannedCall call = served.calls().get(1);
                var arguments = call.evaluate(configure, (number, type) -> null);
                assertThat(arguments.value("min_free_bytes")).isEqualTo(5000000002L);
                assertThat(arguments.value("audit_retention")).isEqualTo("1 day");
            } finally {
                statement.execute("RESET ALL");
            }
        }
    }

    @Test
    void survivesStandardConformingStringsOff() throws SQLException {
        String sql = "SELECT pgclonedb.open_database('a\\'b'), pgclonedb.reset_password('r', 'p\\'w')";
        PlanOptions options = new PlanOptions(false, ClientEncoding.UTF8, true, List.of(), () -> NONCE);
        ServedStatement served =
                ((Plan.Served) CallPlanner.plan(sql.getBytes(StandardCharsets.UTF_8), options)).statement();
        assertThat(served.calls()
                        .get(1)
                        .evaluate(
                                new CarrierRow(
                                        1,
                                        new SessionSettings("0", null, "notice", false),
                                        java.util.Arrays.asList("r", null)),
                                (number, type) -> null)
                        .value("new_password"))
                .isEqualTo("p'w");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET standard_conforming_strings = off");
            statement.execute("SET escape_string_warning = off");
            try (ResultSet rows = statement.executeQuery(new String(served.sql(), StandardCharsets.UTF_8))) {
                rows.next();
                assertThat(carrier(rows.getString(1)).values()).containsExactly("a'b");
            } finally {
                statement.execute("RESET ALL");
            }
        }
    }

    @Test
    void showsTheRowsOfReadingCallsInTheirOrder() throws SQLException {
        ServedStatement served = served("SELECT id, message FROM pgclonedb.get_audit_log()");
        String rows =
                "[{\"id\": 3, \"message\": \"c\"}, {\"id\": 1, \"message\": null}, {\"id\": 2, \"message\": \"ä\"}]";
        try (Statement statement = connection.createStatement()) {
            prepare(statement, served);
            try (ResultSet result = statement.executeQuery("EXECUTE planned('" + rows + "')")) {
                List<String> shown = new ArrayList<>();
                while (result.next()) {
                    shown.add(result.getLong(1) + " " + result.getString(2));
                }
                assertThat(shown).containsExactly("3 c", "1 null", "2 ä");
            } finally {
                statement.execute("DEALLOCATE planned");
            }
        }
    }

    /** What a statement comes to: its error, positions mapped back, or that it worked. */
    private static String outcome(ServedStatement served, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeQuery(sql).close();
            return "works";
        } catch (PSQLException failure) {
            ServerErrorMessage error = failure.getServerErrorMessage();
            if (error == null) {
                throw failure;
            }
            String message = error.getSQLState() + " " + error.getMessage() + " @";
            if (served == null) {
                return message + error.getPosition();
            }
            return CarrierErrors.translate(served, error.getSQLState(), error.getMessage(), error.getPosition())
                    .map(own -> own.sqlState() + " " + own.text() + " @" + own.position())
                    .orElse(message + served.positions().original(error.getPosition()));
        }
    }

    private static void prepare(Statement statement, ServedStatement served) throws SQLException {
        statement.execute("PREPARE planned AS " + new String(served.sql(), StandardCharsets.UTF_8));
    }

    private static List<String> columns(ServedStatement served) throws SQLException {
        if (served.readingCalls().isEmpty()) {
            return columns(new String(served.sql(), StandardCharsets.UTF_8));
        }
        List<String> values = new ArrayList<>();
        for (PlannedCall call : served.readingCalls()) {
            boolean rows = !call.function().columns().isEmpty();
            values.add("'" + (rows ? RealFunctions.oneRow(call.function()).replace("'", "''") : "help") + "'");
        }
        try (Statement statement = connection.createStatement()) {
            prepare(statement, served);
            try {
                return columns("EXECUTE planned(" + String.join(", ", values) + ")");
            } finally {
                statement.execute("DEALLOCATE planned");
            }
        }
    }

    /** Names and types of the columns of a result. */
    private static List<String> columns(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            ResultSetMetaData described = result.getMetaData();
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= described.getColumnCount(); i++) {
                columns.add(described.getColumnLabel(i) + " " + described.getColumnTypeName(i) + " "
                        + described.getPrecision(i));
            }
            return columns;
        }
    }

    private static List<String> parameterTypes(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PREPARE typed AS " + sql);
            try (ResultSet types = statement.executeQuery(
                    "SELECT unnest(parameter_types)::text FROM pg_prepared_statements WHERE name = 'typed'")) {
                List<String> names = new ArrayList<>();
                while (types.next()) {
                    names.add(types.getString(1));
                }
                return names;
            } finally {
                statement.execute("DEALLOCATE typed");
            }
        }
    }

    private static CarrierRow carrier(String column) {
        return Carrier.parse(column.getBytes(StandardCharsets.UTF_8), NONCE, ClientEncoding.UTF8)
                .orElseThrow();
    }

    private static Plan plan(String sql) {
        PlanOptions options = new PlanOptions(true, ClientEncoding.UTF8, true, List.of(), () -> NONCE);
        return CallPlanner.plan(sql.getBytes(StandardCharsets.UTF_8), options);
    }

    private static ServedStatement served(String sql) {
        Plan plan = plan(sql);
        assertThat(plan).as(sql).isInstanceOf(Plan.Served.class);
        return ((Plan.Served) plan).statement();
    }
}
