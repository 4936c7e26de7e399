package io.pgclonedb.it.oracle;

import static io.pgclonedb.it.oracle.Scripts.queries;

import io.pgclonedb.it.oracle.Difference.Statement;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The one list of what differs on purpose; whatever else differs fails a test. */
final class Differences {
    /** Those that show in what a client receives. */
    static final List<Difference> IN_TRACES = List.of(
            new Difference(
                    new Statement(
                            "Where an error arose",
                            "The fields `F`, `L`, `R` and `W` (the context) of an error name places in the server and in PL/pgSQL.",
                            "No context; `F`, `L` and `R` are left out.",
                            "The functions are not made of PL/pgSQL."),
                    Pattern.compile(
                            " W=(PL/pgSQL function [^ ]*(oracle|pgclonedb)\\..*?|unnamed portal parameter .*?|<\\d+ bytes [0-9a-f]+>)(?= [stcdn]=|$)",
                            Pattern.MULTILINE),
                    "",
                    queries("refused", Scripts.REFUSED)),
            new Difference(
                    new Statement(
                            "What a rollback undoes",
                            "What a function did is undone with its transaction.",
                            "It stays done. In a transaction a NOTICE says so before the row: `… took effect at once and"
                                    + " is not undone by a rollback`.",
                            "Cloning or dropping a database cannot be part of a transaction."),
                    Pattern.compile(
                            "^\\w< NoticeResponse S=NOTICE V=NOTICE C=00000"
                                    + " M=pgclonedb\\.\\w+ took effect at once and is not undone by a rollback\\n",
                            Pattern.MULTILINE),
                    "",
                    queries("in a transaction", "BEGIN", Scripts.ACT, "ROLLBACK")),
            new Difference(
                    new Statement(
                            "A reading call that is refused",
                            "The error comes from Execute, after BindComplete and RowDescription.",
                            "The error comes in their place.",
                            "What a reading call answers travels to the server with Bind, so it is asked for before."),
                    Pattern.compile(
                            "^(\\w< BindComplete\\n)?(\\w< RowDescription [^\\n]*\\n)?"
                                    + "(?=\\w< ErrorResponse S=ERROR V=ERROR C=22023 M="
                                    + "(there is no function |-?\\d+ is outside the valid range for parameter \"max_rows\"))",
                            Pattern.MULTILINE),
                    "",
                    queries(
                            "refused reading",
                            "SELECT pgclonedb.help('no_such_function')",
                            "SELECT * FROM pgclonedb.get_audit_log(0, 'drop_role')")),
            new Difference(
                    new Statement(
                            "Rows before an error",
                            "FETCH, EXECUTE and a WITH that modifies are run to their end before anything is sent: with an"
                                    + " error there are neither RowDescription nor rows.",
                            "A call that fails comes after RowDescription and the rows before it.",
                            "The calls of those rows have acted; the client shall see what they answered."),
                    Pattern.compile(
                            "^(\\w> Q[^A-Z]*(?:FETCH|EXECUTE|WITH) [^\\n]*\\n)(?:\\w< RowDescription [^\\n]*\\n)?"
                                    + "(?:\\w< DataRow [^\\n]*\\n)*(?=\\w< ErrorResponse )",
                            Pattern.MULTILINE),
                    "$1",
                    queries("WITH that modifies", Scripts.FAILING_WITH)),
            new Difference(
                    new Statement(
                            "When settings are reported",
                            "ParameterStatus comes once for each setting changed, right before ReadyForQuery.",
                            "In a string of several statements with a call it comes with each statement.",
                            "The server is sent such statements one by one. Clients must expect it at any time."),
                    Pattern.compile("^\\w< ParameterStatus [^\\n]*\\n", Pattern.MULTILINE),
                    "",
                    queries(
                            "set and set back",
                            "SET TimeZone = 'Asia/Tokyo'; " + Scripts.ACT + "; SET TimeZone = 'UTC'")),
            new Difference(
                    new Statement(
                            "Notifications and the last tag",
                            "Notifications of the session's own come after the last CommandComplete of a string.",
                            "They come before it.",
                            "The tag is held until the transaction of the string is committed."),
                    Pattern.compile(
                            "((?:^\\w< NotificationResponse [^\\n]*\\n)+)(\\w< CommandComplete [^\\n]*\\n)",
                            Pattern.MULTILINE),
                    "$2$1",
                    queries("told oneself", "LISTEN orc", Scripts.ACT + "; NOTIFY orc", "UNLISTEN orc")),
            new Difference(
                    new Statement(
                            "COMMIT that fails, or PREPARE TRANSACTION, without BEGIN",
                            "In a string of several statements WARNING 25P01 comes before the error of the commit, or before the tag.",
                            "The error or the tag alone.",
                            "There is a transaction of the proxy's, so the server does not warn; the warning is made up for a"
                                    + " COMMIT or ROLLBACK that succeeds."),
                    Pattern.compile(
                            "^\\w< NoticeResponse S=WARNING V=WARNING C=25P01 M=there is no transaction in progress\\n"
                                    + "(?=\\w< (ErrorResponse S=ERROR V=ERROR C=23503 |CommandComplete PREPARE TRANSACTION))",
                            Pattern.MULTILINE),
                    "",
                    queries(
                            "deferred constraint",
                            "CREATE TEMP TABLE p (n int PRIMARY KEY);"
                                    + " CREATE TEMP TABLE d (n int REFERENCES p DEFERRABLE INITIALLY DEFERRED)",
                            "INSERT INTO d VALUES (1); " + Scripts.ACT + "; COMMIT")),
            new Difference(
                    new Statement(
                            "Literals and identifiers that are none",
                            "The error quotes the text: `unterminated quoted string at or near \"'abc\"`.",
                            "It quotes the quote, or nothing.",
                            "The text may be a password."),
                    Pattern.compile(
                            "(M=(?:unterminated quoted string|zero-length delimited identifier))(?: at or near .*?)?(?= P=)"),
                    "$1",
                    queries("open literal", Scripts.ACT + "; SELECT 'open")),
            new Difference(
                    new Statement(
                            "Position of an error about a column of a text",
                            "`SELECT (pgclonedb.help()).x` is 42809 at the name.",
                            "42809 at the parenthesis before it.",
                            "What the server is sent has no name there to point at."),
                    Pattern.compile("(C=42809 M=column notation .*?) P=\\d+"),
                    "$1",
                    queries("column of a text", "SELECT (pgclonedb.help('open_database')).target")),
            new Difference(
                    new Statement(
                            "Warnings about how an argument is written",
                            "With `standard_conforming_strings` off, a backslash in a literal gets WARNING 22P06.",
                            "Not in the arguments of a call that reads.",
                            "The proxy reads these literals itself; the server never sees them."),
                    Pattern.compile(
                            "^\\w< NoticeResponse S=WARNING V=WARNING C=22P06 [^\\n]*\\n(?=\\w< RowDescription \\[help )",
                            Pattern.MULTILINE),
                    "",
                    queries(
                            "backslash",
                            "SET standard_conforming_strings = off",
                            "SELECT pgclonedb.help('open\\_database')")),
            new Difference(
                    new Statement(
                            "Functions that return rows where none may stand",
                            "0A000 in words such as `set-returning functions are not allowed in WHERE`.",
                            "0A000 in the words of every refusal of the proxy.",
                            "The proxy tells places apart, but not by all of PostgreSQL's rules."),
                    Pattern.compile(
                            " C=0A000 M=(set-returning functions are not allowed in [a-zA-Z ]+"
                                    + "|aggregate function calls cannot contain set-returning function calls"
                                    + "|function pgclonedb\\.\\w+ cannot be called here)( [DH]=.*?)?(?= P=)",
                            Pattern.MULTILINE),
                    " C=0A000 M=not here",
                    queries("rows in WHERE", "SELECT 1 WHERE pgclonedb.show_config() IS NULL")),
            new Difference(
                    new Statement(
                            "HINT of an unknown function",
                            "`No function matches the given name and argument types. …`",
                            "The signature of the function, or of the one that may have been meant.",
                            "It says more."),
                    Pattern.compile(
                            " C=42883 M=function pgclonedb\\.(.*?)(?: D=.*?)? H=.*?(?= P=|$)", Pattern.MULTILINE),
                    " C=42883 M=function pgclonedb.$1",
                    queries("misspelt", "SELECT pgclonedb.halp()")),
            new Difference(
                    new Statement(
                            "Types in the message of an unknown function",
                            "`function pgclonedb.x(timestamp with time zone) does not exist`",
                            "The types of literals and casts, and `unknown` for any other expression.",
                            "The proxy does not know what an expression yields, and does not send it on to ask."),
                    Pattern.compile("(C=42883 M=function pgclonedb\\.[^ (]+)\\(.*?\\) does not exist"),
                    "$1 does not exist",
                    queries("types", "SELECT pgclonedb.nothing(now())")),
            new Difference(
                    new Statement(
                            "A name without parentheses",
                            "`SELECT pgclonedb.help` is 42P01 without a HINT.",
                            "The same with a HINT that shows the parentheses.",
                            "It says more."),
                    Pattern.compile("(M=missing FROM-clause entry for table \"pgclonedb\") H=.*?(?= P=)"),
                    "$1",
                    queries("bare name", "SELECT pgclonedb.help")));

    /** Those that tests show in other ways. */
    private static final List<Statement> OTHERS = List.of(
            new Statement(
                    "Places that are not served",
                    "A function may stand in any expression.",
                    "0A000 with a HINT that shows a form that works; the table in [sql-positions.md](sql-positions.md) has"
                            + " all places.",
                    "A call that acts must be run exactly once, where and when the user sees it; rows of a call that reads"
                            + " would freeze in a view or a prepared statement."),
            new Statement(
                    "CALL",
                    "`CALL f()` of a function is 42809, `f() is not a procedure`.",
                    "It is served: one row, and the tag `CALL`.",
                    "Drivers' `{call f(?)}` and people's habits."),
            new Statement(
                    "Plans",
                    "EXPLAIN shows the function.",
                    "EXPLAIN shows the statement that the server was given instead.",
                    "It is the server that plans."),
            new Statement(
                    "A Query in a pipeline",
                    "In 18 a Query behind other messages, without a Sync between, goes on with their transaction: `T`.",
                    "A Query with a call commits it, as in 14: `I`.",
                    "Such a Query is run with a Sync of its own."),
            new Statement(
                    "The time of a statement",
                    "`statement_timestamp()` is the same in all statements of one string.",
                    "It is that of each statement.",
                    "The server is sent the statements of such a string one by one."),
            new Statement(
                    "A row that the server fails on",
                    "`SELECT f(), 1/0` runs `f()` before it fails.",
                    "The call of that row is not run.",
                    "The server evaluates the whole row before the proxy sees it."));

    private Differences() {}

    /** All, as the documentation lists them. */
    static Stream<Statement> statements() {
        return Stream.concat(IN_TRACES.stream().map(Difference::statement), OTHERS.stream());
    }

    /** A trace without what may differ. */
    private static String settle(String trace) {
        return settle(trace, IN_TRACES);
    }

    /** A trace in which of all that may differ only one thing is left. */
    static String withOnly(Difference one, String trace) {
        return settle(
                trace,
                IN_TRACES.stream().filter(difference -> !difference.equals(one)).toList());
    }

    private static String settle(String trace, List<Difference> differences) {
        String settled = TwinDatabases.neutral(trace);
        for (Difference difference : differences) {
            settled = difference.settle(settled);
        }
        return settled;
    }

    /** The first line in which two traces differ but for the list, with the ones before it; empty when there is none. */
    static String between(String oracle, String proxied) {
        return firstDifference(settle(oracle), settle(proxied));
    }

    private static String firstDifference(String oracle, String proxied) {
        List<String> expected = oracle.lines().toList();
        List<String> actual = proxied.lines().toList();
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            String wanted = i < expected.size() ? expected.get(i) : "nothing more";
            String got = i < actual.size() ? actual.get(i) : "nothing more";
            if (!wanted.equals(got)) {
                List<String> before = expected.subList(Math.max(0, i - 8), Math.min(i, expected.size()));
                return String.join("\n", before) + "\nPostgreSQL: " + wanted + "\nthe proxy:  " + got;
            }
        }
        return "";
    }
}
