package io.pgclonedb.it.oracle;

import static io.pgclonedb.it.oracle.Scripts.queries;
import static io.pgclonedb.it.oracle.Scripts.synced;
import static io.pgclonedb.it.oracle.Scripts.with;
import static io.pgclonedb.it.wire.Frontend.bind;
import static io.pgclonedb.it.wire.Frontend.describePortal;
import static io.pgclonedb.it.wire.Frontend.describeStatement;
import static io.pgclonedb.it.wire.Frontend.execute;
import static io.pgclonedb.it.wire.Frontend.parse;

import io.pgclonedb.it.golden.GoldenScript;
import io.pgclonedb.it.wire.RawClient;
import io.pgclonedb.policy.Function;
import io.pgclonedb.policy.FunctionCatalog;
import io.pgclonedb.policy.Parameter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How calls are written, what their arguments may be, and what is said of wrong ones. */
final class ArgumentScripts {
    private static final int VARCHAR = 1043;
    private static final int NAME = 19;
    private static final int INT4 = 23;
    private static final int TEXT = 25;
    private static final int UNKNOWN = 705;

    static final List<GoldenScript> ALL = List.of(
            queries(
                    "spellings",
                    "SELECT PGCLONEDB.Open_Database('orc_open')",
                    "SELECT \"pgclonedb\".\"open_database\"('orc_open')",
                    "SELECT pgclonedb . open_database /* here */ ( 'orc_open' )",
                    "SELECT U&\"pgclone\\0064b\".help('open_database')",
                    "select\tpgclonedb.help\n(\n'open_database'\n)\n;"),
            queries(
                    "notations",
                    "SELECT pgclonedb.open_database(dbname := 'orc_open')",
                    "SELECT pgclonedb.open_database(dbname => 'orc_open')",
                    "SELECT pgclonedb.close_database('orc_closed', terminate_backends => false)",
                    "SELECT pgclonedb.close_database(terminate_backends := true, dbname := 'orc_closed')",
                    "SELECT pgclonedb.help(function_name := 'open_database')",
                    "SELECT target FROM pgclonedb.get_audit_log(filter_operation := 'drop_role', max_rows := 2)"),
            queries(
                    "defaults",
                    "SELECT pgclonedb.close_database('orc_closed')",
                    "SELECT pgclonedb.help()",
                    "SELECT target FROM pgclonedb.get_audit_log(filter_operation := 'drop_role')",
                    "SELECT pgclonedb.configure()"),
            queries(
                    "expressions",
                    "SELECT pgclonedb.open_database('orc_' || 'open')",
                    "SELECT pgclonedb.open_database(lower('ORC_OPEN'))",
                    "SELECT pgclonedb.open_database((SELECT 'orc_open'))",
                    "SELECT pgclonedb.open_database('orc_open'::name::text)",
                    "SELECT pgclonedb.open_database('orc_open'::varchar)",
                    "SELECT pgclonedb.open_database(CASE WHEN now() > 'epoch' THEN 'orc_open' ELSE 'x' END)",
                    "SELECT pgclonedb.open_database(current_setting('orc.name', true))",
                    "SET orc.name = 'orc_more'",
                    "SELECT pgclonedb.open_database(current_setting('orc.name'))",
                    "SELECT pgclonedb.close_database('orc_closed', 1 = 1)",
                    "SELECT pgclonedb.close_database('orc_closed', 'on')",
                    "SELECT pgclonedb.open_database(E'orc\\x5fopen')",
                    "SELECT pgclonedb.open_database($$orc_open$$)",
                    "SELECT pgclonedb.open_database(U&'orc\\005fopen')",
                    "SELECT pgclonedb.open_database('orc_'\n'open')"),
            queries(
                    "columns as arguments",
                    "SELECT pgclonedb.open_database(d) FROM (VALUES ('orc_open'), ('orc_more')) v(d)",
                    "SELECT pgclonedb.open_database(v.d) AS o, v.* FROM (VALUES ('orc_open')) v(d)",
                    "SELECT pgclonedb.open_database(datname) FROM pg_database WHERE datname = 'orc_open'",
                    "SELECT pgclonedb.open_database(max(d)) FROM (VALUES ('orc_a'), ('orc_open')) v(d)"),
            queries(
                    "nulls and empty texts",
                    "SELECT pgclonedb.open_database(NULL)",
                    "SELECT pgclonedb.open_database('')",
                    "SELECT pgclonedb.help(NULL)",
                    "SELECT pgclonedb.open_database(NULL::text)"),
            queries(
                    "refusals",
                    "SELECT pgclonedb.drop_database('orc_closed')",
                    "SELECT pgclonedb.drop_database('orc_missing', false)",
                    "SELECT pgclonedb.create_database('orc_open', 'orc_closed')",
                    "SELECT pgclonedb.create_database(dbname := 'orc_new', template := 'orc_missing')",
                    "SELECT pgclonedb.create_role('orc_role', 'S3cret!')",
                    "SELECT pgclonedb.configure(min_free_bytes := 0)",
                    "SELECT pgclonedb.help('no_such_function')",
                    "SELECT * FROM pgclonedb.get_audit_log(0, 'drop_role')"),
            queries(
                    "unknown functions",
                    "SELECT pgclonedb.halp()",
                    "SELECT pgclonedb.nothing(1, 'a', NULL, now())",
                    "SELECT 1, pgclonedb.\"HELP\"()",
                    "SELECT * FROM pgclonedb.open_databases('x')"),
            queries(
                    "wrong arguments",
                    "SELECT pgclonedb.open_database()",
                    "SELECT pgclonedb.open_database('a', 'b')",
                    "SELECT pgclonedb.open_database(1)",
                    "SELECT pgclonedb.open_database(name := 'a')",
                    "SELECT pgclonedb.open_database('a', dbname := 'b')",
                    "SELECT pgclonedb.open_database(dbname := 'a', dbname := 'b')",
                    "SELECT pgclonedb.close_database(dbname := 'a', true)",
                    "SELECT pgclonedb.close_database('a', 'maybe')",
                    "SELECT pgclonedb.close_database('a', 7)",
                    "SELECT * FROM pgclonedb.get_audit_log('many')",
                    "SELECT pgclonedb.open_database(now())",
                    "SELECT pgclonedb.open_database(no_such_column)",
                    "SELECT pgclonedb.open_database(no_such_function())",
                    "SELECT pgclonedb.open_database('a' || 1 || nothing)",
                    "SELECT pgclonedb.open_database(1/0)",
                    "SELECT pgclonedb.open_database((1/0)::text)"),
            queries(
                    "without parentheses",
                    "SELECT pgclonedb.help",
                    "SELECT pgclonedb.open_database FROM generate_series(1, 2)"),
            queries(
                    "error positions behind a call",
                    "SELECT pgclonedb.help('open_database'), no_such_column",
                    "SELECT pgclonedb.open_database('orc_open'), no_such_column",
                    "SELECT pgclonedb.open_database('orc_open') FROM nowhere",
                    "SELECT 'ä', pgclonedb.open_database('orc_open'), no_such_function(1)",
                    "SELECT * FROM pgclonedb.get_audit_log(2) a, pgclonedb.show_config() b WHERE a.nothing = b.setting",
                    "SELECT pgclonedb.open_database('orc_open') FROM generate_series(1, 2) x WHERE x = 'no number'",
                    "SELECT pgclonedb.help('open_database') LIMIT no_limit",
                    "SELECT pgclonedb.help('open_database') SELECT",
                    "SELECT pgclonedb.open_database('orc_open') FROM"),
            queries(
                    "syntax errors in a call",
                    "SELECT pgclonedb.open_database('orc_open'",
                    "SELECT pgclonedb.open_database('orc_open'))",
                    "SELECT pgclonedb.open_database(,)",
                    "SELECT pgclonedb.open_database('a' 'b')",
                    "SELECT pgclonedb.open_database('orc_open'"),
            queries("parameters of a simple query", "SELECT pgclonedb.open_database($1)", "SELECT pgclonedb.help($1)"),
            queries(
                    "several calls at once",
                    "SELECT pgclonedb.open_database('orc_open'), pgclonedb.open_database('orc_more') AS m",
                    "SELECT pgclonedb.open_database('orc_open'), pgclonedb.open_database('orc_missing'), pgclonedb.open_database('orc_more')",
                    "SELECT pgclonedb.help('open_database'), pgclonedb.open_database('orc_open'), 5 AS five",
                    "SELECT count(*), max(s.setting) FROM pgclonedb.show_config() s, pgclonedb.get_audit_log(3, 'drop_role') a"),
            queries(
                    "names and aliases",
                    "SELECT pgclonedb.help('open_database') AS \"Ä\"",
                    "SELECT pgclonedb.help('open_database') h",
                    "SELECT h FROM pgclonedb.help('open_database') h",
                    "SELECT x FROM pgclonedb.help('open_database') AS h(x)",
                    "SELECT help FROM pgclonedb.help('open_database')",
                    "SELECT o FROM pgclonedb.open_database('orc_open') o",
                    "SELECT open_database FROM pgclonedb.open_database('orc_open')",
                    "SELECT a.operation AS what, a.* FROM pgclonedb.get_audit_log(2, 'drop_role') AS a(number, begun)",
                    "SELECT a FROM pgclonedb.get_audit_log(2, 'drop_role') a",
                    "TABLE pgclonedb.show_config"),
            queries(
                    "rows of every column",
                    "SELECT * FROM pgclonedb.show_config()",
                    "SELECT * FROM pgclonedb.get_audit_log(3, 'drop_role')",
                    "SELECT pgclonedb.get_audit_log(3, 'drop_role')",
                    "SELECT setting FROM pgclonedb.show_config() WHERE value = 'enabled' ORDER BY setting DESC LIMIT 3 OFFSET 1",
                    "SELECT value, count(*) FROM pgclonedb.show_config() GROUP BY 1 HAVING count(*) > 1 ORDER BY 2, 1"),
            queries(
                    "strings with escapes",
                    "SET standard_conforming_strings = off",
                    "SELECT pgclonedb.open_database('orc\\x5fopen'), 'it\\'s; --'",
                    "SELECT pgclonedb.help('open\\_database'); SELECT pgclonedb.open_database('orc_open')",
                    "SET escape_string_warning = off",
                    "SELECT pgclonedb.open_database('orc\\x5fopen')",
                    "RESET standard_conforming_strings",
                    "SELECT pgclonedb.open_database('orc_open'), 'back\\'"),
            queries(
                    "settings of the session",
                    "SET TimeZone = 'Asia/Tokyo'",
                    "SET DateStyle = 'German'",
                    "SELECT id, finished_at < now(), started_at FROM pgclonedb.get_audit_log(2, 'drop_role')",
                    "SET search_path = ''",
                    "SELECT pgclonedb.open_database('orc_open')",
                    "SELECT count(*) FROM pgclonedb.show_config() WHERE value = 'enabled'",
                    "SET search_path = nowhere, pg_catalog",
                    "SELECT pgclonedb.open_database('orc_' || 'open'), pgclonedb.help('open_database')"),
            queries(
                    "functions and operators of the user's own",
                    "CREATE SCHEMA own",
                    "CREATE FUNCTION own.textcat(text, text) RETURNS text LANGUAGE sql AS $$ SELECT 'mine' $$",
                    "CREATE FUNCTION own.json_build_array(VARIADIC \"any\") RETURNS text LANGUAGE internal AS 'json_build_array'",
                    "CREATE OPERATOR own.|| (LEFTARG = text, RIGHTARG = text, FUNCTION = own.textcat)",
                    "SET search_path = own, pg_catalog",
                    "SELECT pgclonedb.open_database('orc_open'), pgclonedb.help('open_database')",
                    "SELECT target FROM pgclonedb.get_audit_log(2, 'drop_role')",
                    "DROP SCHEMA own CASCADE"),
            with("declared parameter types", ArgumentScripts::declaredTypes),
            with("parameters of every function", ArgumentScripts::everyFunction),
            with("parameters beside others", ArgumentScripts::otherParameters));

    private ArgumentScripts() {}

    private static void declaredTypes(RawClient client) {
        for (int type : List.of(0, TEXT, VARCHAR, NAME, UNKNOWN, INT4)) {
            for (String call : List.of("pgclonedb.open_database($1)", "pgclonedb.help($1)")) {
                synced(
                        client,
                        parse("", "SELECT " + call, type),
                        describeStatement(""),
                        bind("", "", "open_database"),
                        describePortal(""));
            }
        }
        synced(
                client,
                parse("", "SELECT * FROM pgclonedb.get_audit_log($1, $2)", 21, VARCHAR),
                describeStatement(""),
                bind("", "", "2", "drop_role"),
                execute("", 0));
        synced(client, parse("", "SELECT * FROM pgclonedb.get_audit_log($1, $2)", 20), describeStatement(""));
    }

    private static void everyFunction(RawClient client) {
        for (Function function : FunctionCatalog.functions()) {
            String call = function.qualifiedName() + "("
                    + IntStream.rangeClosed(1, function.parameters().size())
                            .mapToObj(number -> "$" + number)
                            .collect(Collectors.joining(", "))
                    + ")";
            synced(client, parse("", "SELECT " + call), describeStatement(""));
            synced(client, parse("", "SELECT * FROM " + call), describeStatement(""));
            synced(client, parse("", "SELECT * FROM " + reversed(function) + " AS answer"), describeStatement(""));
        }
    }

    /** All parameters by name, the last one first. */
    private static String reversed(Function function) {
        List<Parameter> parameters = function.parameters();
        return IntStream.range(0, parameters.size())
                .map(i -> parameters.size() - 1 - i)
                .mapToObj(i -> parameters.get(i).name() + " => $" + (i + 1))
                .collect(Collectors.joining(", ", function.qualifiedName() + "(", ")"));
    }

    private static void otherParameters(RawClient client) {
        synced(
                client,
                parse("", "SELECT $2::int, pgclonedb.open_database($1), $3 || 'x', $1 IS NULL"),
                describeStatement(""),
                bind("", "", "orc_open", "4", "z"),
                describePortal(""),
                execute("", 0));
        synced(
                client,
                parse("", "SELECT $1::int, pgclonedb.help($2) FROM generate_series(1, $3) WHERE $4"),
                describeStatement(""),
                bind("", "", "4", "open_database", "2", "t"),
                describePortal(""),
                execute("", 0));
        synced(
                client,
                parse("", "SELECT pgclonedb.open_database($1 || $2)"),
                describeStatement(""),
                bind("", "", "orc_", "open"),
                execute("", 0));
        synced(client, parse("", "SELECT pgclonedb.open_database($2)"), describeStatement(""));
    }
}
