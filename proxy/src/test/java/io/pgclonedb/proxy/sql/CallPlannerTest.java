package io.pgclonedb.proxy.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.pgclonedb.policy.Arguments;
import io.pgclonedb.proxy.error.PgException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallPlannerTest {
    private static final String CARRIER = "((pg_catalog.json_build_array('nonce1'::pg_catalog.text, 0"
            + ", pg_catalog.current_setting('statement_timeout'), pg_catalog.current_setting('transaction_timeout', true)"
            + ", pg_catalog.current_setting('client_min_messages'), pg_catalog.current_setting('transaction_read_only')";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'pgclonedb.help()'",
                "SELECT $$ pgclonedb.help() $$",
                "SELECT 1 -- pgclonedb.help()",
                "SELECT 1 /* pgclonedb.help() */",
                "DO $$ BEGIN RAISE NOTICE 'pgclonedb.help()'; END $$",
                "DO 'import plpy; pgclonedb.help()' LANGUAGE plpython3u",
                "CREATE FUNCTION f() RETURNS text AS $$ pgclonedb.help() $$ LANGUAGE plperl",
                "COMMENT ON FUNCTION f() IS 'pgclonedb.help()'",
                "SELECT pgclonedb.x FROM t AS pgclonedb",
                "SELECT pgclonedb.help FROM t AS pgclonedb",
                "SELECT pgclonedb.* FROM pgclonedb.pgclonedb",
                "SELECT 1 AS pgclonedb",
                "SELECT pgclonedb(1)",
                "SELECT pgclonedb.pg_catalog.now()",
                "SELECT \"PgCloneDB\".help()",
                "SELECT \"pgclonedb.help\"()",
                "CREATE SCHEMA pgclonedb",
                "CREATE OR REPLACE FUNCTION pgclonedb.help(a text) RETURNS text AS 'x' LANGUAGE sql",
                "GRANT EXECUTE ON FUNCTION pgclonedb.help(text), pgclonedb.show_config() TO PUBLIC",
                "COMMENT ON FUNCTION pgclonedb.help(text) IS 'x'",
                "DROP FUNCTION IF EXISTS pgclonedb.help(text), pgclonedb.show_config()",
                "ALTER FUNCTION pgclonedb.help(text) OWNER TO x",
                "CREATE TABLE IF NOT EXISTS pgclonedb.t (a int)",
                "CREATE INDEX i ON pgclonedb.t (a)",
                "INSERT INTO pgclonedb.t (a) VALUES (1)",
                "COPY pgclonedb.t (a) FROM STDIN",
                "SELECT U&\"d\\0061ta\" FROM t",
                "SELECT * FROM pgclonedb.show_config",
                "BEGIN; SELECT 'pgclonedb'; COMMIT"
            })
    void passesOnWhatHoldsNoCall(String sql) {
        assertThat(plan(sql)).isInstanceOf(Plan.PassThrough.class);
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> served() {
        return Stream.of(
                arguments(
                        "SELECT pgclonedb.open_database('a');",
                        "SELECT " + CARRIER + ", pg_catalog.textcat('a', '')))::pg_catalog.text) AS open_database ;"),
                arguments(
                        "select PGCLONEDB . /* x */ \"open_database\" -- y\n ( 'a' ) As \"X y\" From t",
                        "select " + CARRIER + ", pg_catalog.textcat('a', '')))::pg_catalog.text) As \"X y\" From t"),
                arguments(
                        "SELECT U&\"pgclo!006Eedb\" UESCAPE '!' .open_database('a') x",
                        "SELECT " + CARRIER + ", pg_catalog.textcat('a', '')))::pg_catalog.text) x"),
                arguments(
                        "SELECT pgclonedb.drop_database(force => false, dbname := lower('A'))",
                        "SELECT " + CARRIER + ", pg_catalog.boolne(false, false), pg_catalog.textcat(lower('A'), '')"
                                + "))::pg_catalog.text) AS drop_database "),
                arguments(
                        "SELECT pgclonedb.reset_password($1, ('it''s'::text))",
                        "SELECT " + CARRIER
                                + ", pg_catalog.textcat($1, ''), NULL))::pg_catalog.text) AS reset_password "),
                arguments(
                        "SELECT * FROM pgclonedb.open_database($1) AS r",
                        "SELECT * FROM LATERAL (SELECT " + CARRIER
                                + ", pg_catalog.textcat($1, '')))::pg_catalog.text) AS r) AS r"),
                arguments(
                        "SELECT f.x FROM LATERAL pgclonedb.open_database($1) f(x) LIMIT 1",
                        "SELECT f.x FROM LATERAL (SELECT " + CARRIER
                                + ", pg_catalog.textcat($1, '')))::pg_catalog.text) AS f) f(x) LIMIT 1"),
                arguments("SELECT $2::int, pgclonedb.help()", "SELECT $2::int, (SELECT $3::pg_catalog.text AS help)"),
                arguments(
                        "SELECT pgclonedb.help($1) h",
                        "SELECT (SELECT $2::pg_catalog.text AS help WHERE (true OR pg_catalog.textcat($1, '') IS NULL)) h"),
                arguments(
                        "SELECT count(*) FROM pgclonedb.show_config() GROUP BY value",
                        "SELECT count(*) FROM LATERAL (SELECT r.\"setting\", r.\"value\", r.\"description\" FROM"
                                + " pg_catalog.jsonb_array_elements($1::pg_catalog.jsonb) WITH ORDINALITY AS e(v, n),"
                                + " LATERAL pg_catalog.jsonb_to_record(e.v) AS r(\"setting\" pg_catalog.text, \"value\""
                                + " pg_catalog.text, \"description\" pg_catalog.text) ORDER BY e.n) AS show_config "
                                + " GROUP BY value"));
    }

    @ParameterizedTest
    @MethodSource("served")
    void rewritesWhatItServes(String sql, String rewritten) {
        assertThat(new String(served(sql).sql(), StandardCharsets.UTF_8)).isEqualTo(rewritten);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT a, pgclonedb.open_database(a) FROM t WHERE a LIKE 'x%' ORDER BY a LIMIT 3",
                "SELECT DISTINCT value FROM pgclonedb.show_config() c ORDER BY 1 OFFSET 1",
                "SELECT pgclonedb.show_config() FROM t",
                "SELECT a.*, c.value FROM t a LEFT JOIN pgclonedb.show_config() c ON c.setting = a.x",
                "SELECT pgclonedb.open_database('a'), pgclonedb.close_database('b', false), pgclonedb.help('help')",
                "SELECT * FROM pgclonedb.get_audit_log($1, filter_operation => NULL) l, pgclonedb.help() h",
                "SELECT ALL pgclonedb.open_database('a')",
                "WITH t AS (SELECT 'a' AS a) SELECT pgclonedb.open_database(a) FROM t",
                "EXPLAIN SELECT pgclonedb.open_database('a')",
                "EXPLAIN (VERBOSE, ANALYZE false) SELECT pgclonedb.open_database('a')",
                "EXPLAIN ANALYZE SELECT pgclonedb.help()",
                "SELECT a FROM t WHERE pgclonedb.help() LIKE a GROUP BY a HAVING pgclonedb.help() <> '' ORDER BY pgclonedb.help()",
                "SELECT upper(pgclonedb.help())::text || 'x', CASE WHEN pgclonedb.help() IS NULL THEN 1 END",
                "SELECT (pgclonedb.show_config()).*",
                "SELECT (pgclonedb.show_config()).setting AS s, 1 FROM t",
                "SELECT * FROM t WHERE EXISTS (SELECT 1 FROM pgclonedb.show_config() c WHERE c.setting = t.a)",
                "SELECT * FROM (SELECT pgclonedb.show_config()) x",
                "SELECT pgclonedb.help() UNION SELECT value FROM pgclonedb.show_config()",
                "WITH c AS (SELECT * FROM pgclonedb.show_config()) SELECT * FROM c JOIN pgclonedb.show_config() d USING (setting)",
                "VALUES (pgclonedb.help('a'), 1), ('x', 2)",
                "INSERT INTO t SELECT pgclonedb.help()",
                "UPDATE t SET a = c.value FROM pgclonedb.show_config() c WHERE c.setting = a RETURNING pgclonedb.help()",
                "DELETE FROM t USING pgclonedb.show_config() c WHERE c.setting = a",
                "CREATE TEMP TABLE t (a) AS SELECT pgclonedb.help()",
                "DECLARE c SCROLL CURSOR WITH HOLD FOR SELECT * FROM pgclonedb.show_config()",
                "CREATE TABLE t AS SELECT * FROM pgclonedb.show_config() WITH NO DATA"
            })
    void servesPlainSelects(String sql) {
        assertThat(plan(sql)).isInstanceOf(Plan.Served.class);
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> refused() {
        return Stream.of(
                arguments("0A000", "SELECT DISTINCT pgclonedb.open_database('a')"),
                arguments("0A000", "SELECT pgclonedb.open_database('a')::text"),
                arguments("0A000", "SELECT (pgclonedb.open_database('a'))"),
                arguments("0A000", "SELECT upper(pgclonedb.open_database('a'))"),
                arguments("0A000", "SELECT pgclonedb.open_database('a') NOTNULL"),
                arguments("0A000", "SELECT pgclonedb.open_database('a') IS NULL"),
                arguments("0A000", "SELECT pgclonedb.open_database('a') COLLATE \"C\""),
                arguments("0A000", "SELECT pgclonedb.open_database('a') || 'x'"),
                arguments("0A000", "SELECT 'x' || pgclonedb.open_database('a')"),
                arguments("0A000", "SELECT - pgclonedb.open_database('a')"),
                arguments("0A000", "SELECT CASE WHEN true THEN pgclonedb.open_database('a') END"),
                arguments("0A000", "SELECT ARRAY[pgclonedb.open_database('a')]"),
                arguments("0A000", "SELECT pgclonedb.open_database('a') OFFSET 1"),
                arguments("0A000", "SELECT pgclonedb.open_database('a') FETCH FIRST 1 ROWS WITH TIES"),
                arguments("0A000", "SELECT pgclonedb.open_database('a') FOR UPDATE"),
                arguments("0A000", "SELECT pgclonedb.open_database('a') INTO x"),
                arguments("0A000", "SELECT pgclonedb.open_database('a') UNION SELECT 'x'"),
                arguments("0A000", "SELECT a, pgclonedb.open_database(a) FROM t GROUP BY a"),
                arguments("0A000", "SELECT a, pgclonedb.open_database(a) FROM t ORDER BY 2"),
                arguments("0A000", "SELECT *, pgclonedb.open_database(a) FROM t ORDER BY 1"),
                arguments("0A000", "SELECT a, pgclonedb.open_database(a) FROM t ORDER BY open_database"),
                arguments("0A000", "SELECT a, pgclonedb.open_database(a) AS \"R\" FROM t ORDER BY \"R\""),
                arguments("0A000", "SELECT a FROM t WHERE pgclonedb.open_database(a) = 'x'"),
                arguments("0A000", "SELECT a FROM t ORDER BY a, pgclonedb.open_database(a)"),
                arguments("0A000", "SELECT a FROM t LIMIT length(pgclonedb.open_database('a'))"),
                arguments("0A000", "SELECT (SELECT pgclonedb.open_database('a'))"),
                arguments("0A000", "SELECT * FROM (SELECT pgclonedb.open_database('a')) x"),
                arguments("0A000", "(SELECT pgclonedb.open_database('a'))"),
                arguments("0A000", "SELECT 1 FROM pgclonedb.open_database('a')"),
                arguments("0A000", "SELECT r, r FROM pgclonedb.open_database('a') r"),
                arguments("0A000", "SELECT upper(r) FROM pgclonedb.open_database('a') r"),
                arguments("0A000", "SELECT a FROM pgclonedb.open_database('a') a(x)"),
                arguments("0A000", "SELECT * FROM pgclonedb.open_database('a') r WHERE r = 'x'"),
                arguments("0A000", "SELECT * FROM t, pgclonedb.open_database('a') r"),
                arguments("0A000", "SELECT * FROM pgclonedb.open_database('a') WITH ORDINALITY"),
                arguments("0A000", "SELECT * FROM ROWS FROM (pgclonedb.open_database('a'))"),
                arguments("0A000", "SELECT count(*), pgclonedb.show_config()"),
                arguments("0A000", "SELECT DISTINCT pgclonedb.show_config()"),
                arguments("0A000", "SELECT pgclonedb.show_config(), pgclonedb.show_config()"),
                arguments("0A000", "SELECT * FROM pgclonedb.show_config() WITH ORDINALITY"),
                arguments("0A000", "SELECT pgclonedb.help(lower('X'))"),
                arguments("0A000", "SELECT pgclonedb.open_database(pgclonedb.help())"),
                arguments("0A000", "EXPLAIN ANALYZE SELECT pgclonedb.open_database('a')"),
                arguments("0A000", "EXPLAIN (ANALYZE) SELECT pgclonedb.open_database('a')"),
                arguments("0A000", "EXPLAIN (COSTS off, ANALYZE 1) SELECT pgclonedb.open_database('a')"),
                arguments("0A000", "EXPLAIN EXECUTE p(pgclonedb.help())"),
                arguments("0A000", "CALL pgclonedb.show_config()"),
                arguments("0A000", "CALL p(pgclonedb.open_database('a'))"),
                arguments("0A000", "SELECT pgclonedb.show_config() FROM t FOR UPDATE"),
                arguments("0A000", "DECLARE c BINARY CURSOR FOR SELECT pgclonedb.open_database('a')"),
                arguments("0A000", "DECLARE c SCROLL CURSOR FOR SELECT pgclonedb.open_database('a')"),
                arguments("0A000", "DECLARE c CURSOR WITH HOLD FOR SELECT pgclonedb.open_database('a')"),
                arguments("0A000", "PREPARE p AS SELECT pgclonedb.help()"),
                arguments("0A000", "CREATE MATERIALIZED VIEW v AS SELECT pgclonedb.help()"),
                arguments("0A000", "SELECT 1 WHERE (pgclonedb.show_config()).value = ''"),
                arguments("0A000", "SELECT upper((pgclonedb.show_config()).value)"),
                arguments("0A000", "SELECT *, pgclonedb.show_config() FROM t"),
                arguments("0A000", "SELECT a FROM t WHERE pgclonedb.show_config() IS NULL"),
                arguments("0A000", "DO $$ BEGIN PERFORM pgclonedb.help(); END $$"),
                arguments("0A000", "DO LANGUAGE plpgsql 'BEGIN PERFORM pgclonedb.help(); END'"),
                arguments("0A000", "CREATE FUNCTION f() RETURNS text AS 'SELECT pgclonedb.help()' LANGUAGE sql"),
                arguments(
                        "0A000",
                        "CREATE OR REPLACE PROCEDURE f() LANGUAGE plpgsql AS $x$ BEGIN CALL pgclonedb.nosuch('secret'); END $x$"),
                arguments("0A000", "PREPARE p AS SELECT pgclonedb.open_database('a')"),
                arguments("0A000", "COPY (SELECT pgclonedb.open_database('a')) TO STDOUT"),
                arguments("0A000", "COPY t FROM STDIN WHERE pgclonedb.open_database('a') = 'x'"),
                arguments("0A000", "WITH x AS (SELECT pgclonedb.open_database('a')) SELECT * FROM x"),
                arguments("0A000", "INSERT INTO t SELECT pgclonedb.open_database('a')"),
                arguments("0A000", "INSERT INTO t VALUES (pgclonedb.open_database('a'))"),
                arguments(
                        "0A000",
                        "CREATE VIEW v AS SELECT 1 AS index FROM a JOIN b ON pgclonedb.open_database('a') = ''"),
                arguments("0A000", "CREATE TABLE t AS SELECT pgclonedb.open_database('a')"),
                arguments("0A000", "CREATE TABLE t (a text DEFAULT pgclonedb.open_database('a'))"),
                arguments("0A000", "CREATE INDEX ON t (pgclonedb.open_database('a'))"),
                arguments(
                        "0A000",
                        "CREATE FUNCTION f() RETURNS text BEGIN ATOMIC SELECT 1; SELECT pgclonedb.help(); END"),
                arguments("0A000", "DROP pgclonedb.open_database('secret')"),
                arguments("0A000", "SELECT postgres.pgclonedb.help()"),
                arguments("0A000", "SELECT pgclonedb.reset_password('a', 'p' || 'w')"),
                arguments("0A000", "SELECT pgclonedb.reset_password('a', 'pw'::varchar(3))"),
                arguments("0A000", "SELECT pgclonedb.reset_password('a', E'\\xe9')"),
                arguments("0A000", "SELECT pgclonedb.reset_password('a', 123::text)"),
                arguments("0A000", "SELECT pgclonedb.reset_password($1, $1)"),
                arguments("0A000", "SELECT pgclonedb.reset_password('a', $1), $1"),
                arguments("0A000", "SELECT pgclonedb.reset_password('a', $1::name)"),
                arguments("0A000", "SELECT pgclonedb.help(ALL 'x')"),
                arguments("42809", "SELECT pgclonedb.help(DISTINCT 'x')"),
                arguments("42809", "SELECT pgclonedb.help('x' ORDER BY 1)"),
                arguments("42809", "SELECT pgclonedb.help(*)"),
                arguments("42809", "SELECT pgclonedb.help() OVER ()"),
                arguments("42809", "SELECT pgclonedb.help() FILTER (WHERE true)"),
                arguments("42883", "SELECT pgclonedb.nosuch()"),
                arguments("42883", "SELECT pgclonedb.\"Help\"()"),
                arguments("42883", "SELECT pgclonedb.create_database('a')"),
                arguments("42883", "SELECT pgclonedb.create_database('a', dbname := 'b')"),
                arguments("42883", "SELECT pgclonedb.open_database('a', 'b')"),
                arguments("42883", "SELECT pgclonedb.open_database(x := 'b')"),
                arguments("42883", "SELECT pgclonedb.open_database(1)"),
                arguments("42883", "SELECT pgclonedb.open_database(true)"),
                arguments("42883", "SELECT pgclonedb.close_database('a', 1)"),
                arguments("42883", "SELECT pgclonedb.configure(min_free_bytes := 1.5)"),
                arguments("42883", "SELECT pgclonedb.create_role('a', conn_limit := 3000000000)"),
                arguments("42883", "INSERT INTO t SELECT pgclonedb.nosuch('secret')"),
                arguments("42601", "SELECT pgclonedb.open_database(dbname := 'a', 'b')"),
                arguments("42601", "SELECT pgclonedb.open_database(dbname := 'a', dbname => 'b')"),
                arguments("42601", "SELECT pgclonedb.open_database('a'"),
                arguments("42601", "SELECT pgclonedb.open_database('a',)"),
                arguments("42601", "SELECT pgclonedb.open_database(dbname :=)"),
                arguments("42601", "SELECT pgclonedb.open_database('a), 'b'"),
                arguments("42601", "SELECT pgclonedb\u000b.help()"),
                arguments("42601", "SELECT 1 WHERE 1=1AND pgclonedb.help() = ''"),
                arguments("42601", "SELECT U&\"\\00\".help()"),
                arguments("42P01", "SELECT pgclonedb.help"),
                arguments("42P02", "SELECT pgclonedb.help($0)"),
                arguments("22P02", "SELECT * FROM pgclonedb.get_audit_log('many')"),
                arguments("22003", "SELECT * FROM pgclonedb.get_audit_log('99999999999')"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesTheRest(String sqlState, String sql) {
        PgException error = refusal(plan(sql));
        assertThat(error.sqlState()).as(error.text()).isEqualTo(sqlState);
        assertThat(error.position()).isPositive();
        assertThat(error.text()).doesNotContain("secret");
        if (sqlState.equals("0A000") || sqlState.equals("42883")) {
            assertThat(error.hint()).isNotBlank();
        }
    }

    @Test
    void readsSeveralStatementsApart() {
        Plan.Several several = (Plan.Several) plan(
                "BEGIN; SELECT pgclonedb.help(); /* x */ SELECT 1;; SELECT upper(pgclonedb.open_database('s'));END",
                false,
                List.of());
        assertThat(several.parts().stream().map(part -> part.plan().getClass().getSimpleName()))
                .containsExactly("PassThrough", "Served", "PassThrough", "Refused", "PassThrough");
        assertThat(several.parts().stream().map(Plan.Part::transaction))
                .containsExactly(
                        TransactionCommand.BEGIN,
                        TransactionCommand.NONE,
                        TransactionCommand.NONE,
                        TransactionCommand.NONE,
                        TransactionCommand.COMMIT);
        assertThat(several.parts().stream().map(part -> text(part.text())))
                .contains("BEGIN", " /* x */ SELECT 1", "END");
        assertThat(text(several.whole()))
                .isEqualTo(
                        "BEGIN; SELECT (SELECT $1::pg_catalog.text AS help); /* x */ SELECT 1;; SELECT upper(pg_catalog.version());END");
    }

    @Test
    void mapsPositionsOfLaterStatementsIntoTheWholeText() {
        Plan.Several several = (Plan.Several) plan("SELECT 'ä';SELECT pgclonedb.help(), nosuch", false, List.of());
        Plan.Part part = several.parts().get(1);
        ServedStatement served = ((Plan.Served) part.plan()).statement();
        assertThat(served.positions().original(text(served).indexOf("nosuch") + 1))
                .isEqualTo(37);
        int inWhole = text(several.whole()).indexOf("nosuch") + 1;
        assertThat(several.whole().positions().original(inWhole)).isEqualTo(37);
    }

    @Test
    void refusesTheWholeTextForTooManyCalls() {
        String sql = "SELECT pgclonedb.help();".repeat(101);
        assertThat(refusal(plan(sql, false, List.of())).sqlState()).isEqualTo("54000");
    }

    @Test
    void refusesSeveralStatementsInAParseAsTheServerDoes() {
        PgException error = refusal(plan("SELECT 1; SELECT pgclonedb.help()", true, List.of()));
        assertThat(error.sqlState()).isEqualTo("42601");
        assertThat(error.text()).isEqualTo("cannot insert multiple commands into a prepared statement");
    }

    @Test
    void putsAnswersIntoTheTextWhereTheServerTakesNoParameters() {
        String sql = "COPY (SELECT 'ä', pgclonedb.help(), nosuch) TO STDOUT";
        assertThat(refusal(plan(sql)).sqlState()).isEqualTo("0A000");
        ServedStatement statement = ((Plan.Served) plan(sql, false, List.of())).statement();
        assertThat(statement.needsAnswersFirst()).isTrue();
        ServedStatement sent = statement.withAnswers(List.of("it's a \\ \uD83D\uDE00"), StandardCharsets.UTF_8);
        assertThat(text(sent)).contains("(SELECT E'it''s a \\\\ \uD83D\uDE00'::pg_catalog.text AS help)");
        assertThat(sent.readingCalls()).isEmpty();
        String rewritten = text(sent);
        int position = rewritten.codePointCount(0, rewritten.indexOf("nosuch")) + 1;
        assertThat(sent.positions().original(position)).isEqualTo(sql.indexOf("nosuch") + 1);
    }

    @Test
    void letsNoCursorWithActingCallsScrollBack() {
        assertThat(text(served("DECLARE \"C\" CURSOR FOR SELECT pgclonedb.open_database('a')")))
                .startsWith("DECLARE \"C\" NO SCROLL CURSOR FOR SELECT ((");
        assertThat(served("DECLARE \"C\" NO SCROLL CURSOR FOR SELECT pgclonedb.open_database('a')")
                        .cursor())
                .isEqualTo("C");
        assertThat(served("DECLARE c CURSOR FOR SELECT pgclonedb.help()").cursor())
                .isNull();
    }

    @Test
    void answersCallAsSelectDoes() {
        ServedStatement statement = served("CALL pgclonedb.open_database('a')");
        assertThat(text(statement)).startsWith("SELECT ((").endsWith(" AS open_database ");
        assertThat(statement.tag()).isEqualTo("CALL");
    }

    private static String text(ServedStatement statement) {
        return new String(statement.sql(), StandardCharsets.UTF_8);
    }

    @Test
    void refusesParametersInTheSimpleProtocol() {
        PgException error = refusal(plan("SELECT 'ä', pgclonedb.help($1)", false, List.of()));
        assertThat(error.sqlState()).isEqualTo("42P02");
        assertThat(error.text()).isEqualTo("there is no parameter $1");
        assertThat(error.position()).isEqualTo(28);
    }

    @Test
    void namesTheFunctionAsPostgresDoes() {
        PgException error = refusal(plan("SELECT pgclonedb.creat_database(1, 'x', true, NULL, 1.5, b => 5000000000)"));
        assertThat(error.text())
                .isEqualTo("function pgclonedb.creat_database(integer, unknown, boolean, unknown, numeric, b => bigint)"
                        + " does not exist");
        assertThat(error.hint()).startsWith("Did you mean pgclonedb.create_database(dbname text, ");
        assertThat(error.position()).isEqualTo(8);
    }

    @Test
    void keepsSecretsOutOfTheRewrittenText() {
        ServedStatement statement =
                served("SELECT pgclonedb.create_role('a', E'S3\\x63re''t!'), pgclonedb.reset_password($1, $2::text)");
        assertThat(new String(statement.sql(), StandardCharsets.UTF_8)).doesNotContain("S3");
        assertThat(statement.toString()).doesNotContain("S3");
        assertThat(statement.calls().get(0).arguments().get("password"))
                .isEqualTo(new ArgumentSource.Secret("S3cre't!"));
        assertThat(statement.secretParameters()).containsExactly(2);
    }

    @Test
    void refusesSecretParametersOfOtherTypes() {
        String sql = "SELECT pgclonedb.reset_password('a', $1)";
        for (int type : List.of(0, 19, 25, 705, 1042, 1043)) {
            assertThat(plan(sql, true, List.of(type))).isInstanceOf(Plan.Served.class);
        }
        for (int type : List.of(17, 23, 114)) {
            assertThat(refusal(plan(sql, true, List.of(type))).sqlState()).isEqualTo("0A000");
        }
    }

    @Test
    void dropsTheVoidParameterOfJdbcsReturnValue() {
        ServedStatement statement = ((Plan.Served)
                        plan("select * from pgclonedb.open_database($1, $2) as result", true, List.of(2278, 1043)))
                .statement();
        assertThat(new String(statement.sql(), StandardCharsets.UTF_8))
                .contains("textcat($2, '')")
                .doesNotContain("$1");
        assertThat(statement.calls().get(0).arguments()).containsOnlyKeys("dbname");
    }

    @Test
    void numbersHiddenParametersBehindThoseUsedAndDeclared() {
        ServedStatement statement = ((Plan.Served)
                        plan("SELECT pgclonedb.help($2) FROM pgclonedb.show_config()", true, List.of(0, 0, 0)))
                .statement();
        assertThat(statement.maxParameter()).isEqualTo(3);
        assertThat(statement.readingCalls())
                .extracting(PlannedCall::hiddenParameter)
                .containsExactly(4, 5);
    }

    @Test
    void evaluatesTheArgumentsFromCarrierAndSecrets() {
        PlannedCall call = served("SELECT pgclonedb.create_role(password := 'pw', rolename := 'r', conn_limit := 5)")
                .calls()
                .get(0);
        byte[] column =
                "[\"nonce1\", 0, \"0\", null, \"warning\", \"on\", null, \"r\", 5]".getBytes(StandardCharsets.UTF_8);
        CarrierRow row = Carrier.parse(column, "nonce1", ClientEncoding.UTF8).orElseThrow();
        Arguments arguments = call.evaluate(row, (number, type) -> null);
        assertThat(arguments.given()).containsExactly("rolename", "password", "conn_limit");
        assertThat(arguments.value("rolename")).isEqualTo("r");
        assertThat(arguments.value("password")).isEqualTo("pw");
        assertThat(arguments.value("conn_limit")).isEqualTo(5);
        assertThat(row.settings()).isEqualTo(new SessionSettings("0", null, "warning", true));
    }

    @Test
    void tellsTheColumnOfACarrier() {
        ServedStatement statement =
                served("SELECT a, pgclonedb.open_database('x'), t.*, pgclonedb.open_database('y') FROM t");
        assertThat(statement.calls()).extracting(PlannedCall::column).containsExactly(1, -1);
    }

    @Test
    void mapsPositionsBack() {
        String sql = "SELECT 'ä', pgclonedb.open_database(nosuch), nocolumn";
        ServedStatement statement = served(sql);
        String rewritten = new String(statement.sql(), StandardCharsets.UTF_8);
        PositionMap positions = statement.positions();
        assertThat(positions.original(1)).isEqualTo(1);
        assertThat(positions.original(rewritten.indexOf("nosuch") + 1)).isEqualTo(sql.indexOf("nosuch") + 1);
        assertThat(positions.original(rewritten.indexOf("nocolumn") + 1)).isEqualTo(sql.indexOf("nocolumn") + 1);
        assertThat(positions.original(rewritten.indexOf("json_build") + 1)).isEqualTo(sql.indexOf("pgclonedb") + 1);
        assertThat(positions.original(0)).isZero();
    }

    @Test
    void turnsAFailedTypeCheckIntoAnErrorAboutTheFunction() {
        ServedStatement statement = served("SELECT 'ä', pgclonedb.drop_database('x', force := now())");
        int position = new String(statement.sql(), StandardCharsets.UTF_8).indexOf("pg_catalog.boolne") + 1;
        PgException error = CarrierErrors.translate(
                        statement,
                        "42883",
                        "function pg_catalog.boolne(timestamp with time zone, boolean) does not exist",
                        position)
                .orElseThrow();
        assertThat(error.text())
                .isEqualTo(
                        "function pgclonedb.drop_database(unknown, force => timestamp with time zone) does not exist");
        assertThat(error.position()).isEqualTo(13);
        assertThat(error.hint()).contains("pgclonedb.drop_database(dbname text, force boolean DEFAULT true)");
        assertThat(CarrierErrors.translate(statement, "42703", "x", position)).isEmpty();
        assertThat(CarrierErrors.translate(statement, "42883", "x", 2)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SJIS", "BIG5", "GBK", "UHC", "JOHAB", "GB18030", "SHIFT_JIS_2004", "nosuch"})
    void refusesEncodingsItCannotLex(String encoding) {
        PlanOptions options = new PlanOptions(true, ClientEncoding.of(encoding), true, List.of(), () -> "n");
        Plan plan = CallPlanner.plan("SELECT 'pgclonedb'".getBytes(StandardCharsets.US_ASCII), options);
        assertThat(refusal(plan).sqlState()).isEqualTo("0A000");
    }

    @Test
    void countsCharactersOfTheClientsEncoding() {
        for (Map.Entry<String, String> each : Map.of(
                        "LATIN1", "ISO-8859-1", "EUC_JP", "EUC-JP", "WIN1251", "windows-1251")
                .entrySet()) {
            String letter = each.getKey().equals("EUC_JP") ? "あ" : each.getKey().equals("LATIN1") ? "ä" : "я";
            byte[] sql = ("SELECT '" + letter + "', pgclonedb.nosuch()")
                    .getBytes(java.nio.charset.Charset.forName(each.getValue()));
            PlanOptions options = new PlanOptions(true, ClientEncoding.of(each.getKey()), true, List.of(), () -> "n");
            assertThat(refusal(CallPlanner.plan(sql, options)).position()).isEqualTo(13);
        }
    }

    @Test
    void refusesBytesThatAreNoCharacters() {
        byte[] sql = "SELECT '?', pgclonedb.help()".getBytes(StandardCharsets.US_ASCII);
        sql[8] = (byte) 0xff;
        assertThat(refusal(CallPlanner.plan(sql, options(true, List.of()))).sqlState())
                .isEqualTo("22021");
    }

    @Test
    void passesOnLongTextsWithoutACallOnly() {
        String filler = " /* " + "x".repeat(300_000) + " */";
        assertThat(plan("SELECT 'pgclonedb.help()'" + filler)).isInstanceOf(Plan.PassThrough.class);
        assertThat(refusal(plan("SELECT pgclonedb.help()" + filler)).sqlState()).isEqualTo("54000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "case when ",
                "f(",
                "[",
                "not ",
                "- ",
                "(select ",
                "a,",
                "pgclonedb.help(",
                "pgclonedb.help(),",
                "::text",
                "E'",
                "U&\"",
                "$$",
                ";",
                "b on pgclonedb.a(",
                "'a'\n"
            })
    void staysUprightUnderRepetition(String piece) {
        String many = piece.repeat(250_000 / piece.length());
        for (String sql : List.of(
                "SELECT pgclonedb.help(), " + many, "SELECT " + many + " pgclonedb.help()", "CREATE INDEX a" + many)) {
            Plan plan = plan(sql);
            if (plan instanceof Plan.Refused refused) {
                assertThat(refused.error().sqlState()).isNotEqualTo("XX000");
            }
        }
    }

    @Test
    void neverThrowsWhateverTheTokens() {
        String[] pieces = {
            "select ",
            "pgclonedb",
            ".",
            "help",
            "open_database",
            "reset_password",
            "show_config",
            "(",
            ")",
            ",",
            "'a'",
            "'",
            "\"",
            "E'\\'",
            "$$",
            "$a$",
            "$1",
            " ",
            "\n",
            "--",
            "/*",
            "*/",
            "from ",
            "as ",
            "x",
            "1",
            ":=",
            "=>",
            "::text",
            ";",
            "U&\"",
            "pgclo\\006Eedb",
            " uescape '!'",
            "*",
            "where ",
            "order by ",
            "distinct ",
            "lateral ",
            "union ",
            "insert into ",
            "create function ",
            "begin atomic ",
            "end",
            "ä",
            "\\",
            "\u000b",
            "+",
            "[",
            "]",
            "null",
            "case ",
            "with ",
            "0x",
            "1e"
        };
        Random random = new Random(20_24);
        int found = 0;
        for (int i = 0; i < 15_000; i++) {
            StringBuilder sql = new StringBuilder(random.nextBoolean() ? "select pgclonedb.help('a') " : "");
            for (int j = random.nextInt(25); j > 0; j--) {
                sql.append(pieces[random.nextInt(pieces.length)]);
            }
            Plan plan = CallPlanner.plan(
                    sql.toString().getBytes(StandardCharsets.UTF_8),
                    new PlanOptions(
                            random.nextBoolean(), ClientEncoding.UTF8, random.nextBoolean(), List.of(), () -> "n"));
            if (plan instanceof Plan.Refused refused) {
                assertThat(refused.error().sqlState()).as(sql.toString()).isNotEqualTo("XX000");
                found++;
            }
        }
        assertThat(found).isPositive();
    }

    private static PlanOptions options(boolean extended, List<Integer> types) {
        return new PlanOptions(true, ClientEncoding.UTF8, extended, types, () -> "nonce1");
    }

    private static Plan plan(String sql) {
        return plan(sql, true, List.of());
    }

    private static Plan plan(String sql, boolean extended, List<Integer> types) {
        return CallPlanner.plan(sql.getBytes(StandardCharsets.UTF_8), options(extended, types));
    }

    private static ServedStatement served(String sql) {
        Plan plan = plan(sql);
        assertThat(plan).as(sql).isInstanceOf(Plan.Served.class);
        return ((Plan.Served) plan).statement();
    }

    private static PgException refusal(Plan plan) {
        assertThat(plan).isInstanceOf(Plan.Refused.class);
        return ((Plan.Refused) plan).error();
    }
}
