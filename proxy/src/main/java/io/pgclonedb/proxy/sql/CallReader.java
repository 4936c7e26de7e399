package io.pgclonedb.proxy.sql;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a call: its name, and its arguments apart ("Calling Functions" of PostgreSQL's documentation). */
final class CallReader {
    private final Tokens tokens;
    private final Script.Range statement;

    CallReader(Tokens tokens, Script.Range statement) {
        this.tokens = tokens;
        this.statement = statement;
    }

    /**
     * Reads the call whose schema's name is at an index.
     *
     * @throws PgException for what PostgreSQL's grammar or its functions do not allow
     */
    CallSite read(int first) {
        String name = tokens.name(first + 2);
        List<CallSite.Actual> arguments = new ArrayList<>();
        int open = first + 3;
        int from = open + 1;
        int depth = 0;
        int at = from;
        for (; at < statement.to(); at++) {
            if (tokens.is(at, "(") || tokens.is(at, "[")) {
                depth++;
            } else if (depth == 0 && tokens.is(at, ")")) {
                break;
            } else if (tokens.is(at, ")") || tokens.is(at, "]")) {
                depth--;
            } else if (depth == 0 && tokens.is(at, ",")) {
                arguments.add(argument(name, from, at));
                from = at + 1;
            }
        }
        if (at >= statement.to()) {
            throw tokens.syntaxError(at);
        }
        if (at > open + 1) {
            arguments.add(argument(name, from, at));
        }
        requireOrder(arguments);
        refuseClauses(name, at + 1);
        return new CallSite(first, at, name, arguments);
    }

    private CallSite.Actual argument(String function, int from, int to) {
        if (from == to) {
            throw tokens.syntaxError(to);
        }
        if (tokens.isWord(from, "variadic", "distinct", "all")) {
            throw tokens.error(aggregateOnly(tokens.shown(from), function), from);
        }
        if (tokens.is(from, "*") && to == from + 1) {
            throw tokens.error(
                    PgException.error(
                            SqlState.WRONG_OBJECT_TYPE,
                            Mentions.SCHEMA + "." + function + "(*) specified, but " + function
                                    + " is not an aggregate function"),
                    from);
        }
        boolean named = tokens.isIdentifier(from) && (tokens.is(from + 1, ":=") || tokens.is(from + 1, "=>"));
        int expression = named ? from + 2 : from;
        if (expression >= to) {
            throw tokens.syntaxError(to);
        }
        refuseOrderBy(function, expression, to);
        String name = named ? tokens.name(from) : null;
        return new CallSite.Actual(name, from, new Script.Range(expression, to));
    }

    private void refuseOrderBy(String function, int from, int to) {
        int depth = 0;
        for (int i = from; i < to; i++) {
            if (tokens.is(i, "(") || tokens.is(i, "[")) {
                depth++;
            } else if (tokens.is(i, ")") || tokens.is(i, "]")) {
                depth--;
            } else if (depth == 0 && tokens.isWord(i, "order") && tokens.isWord(i + 1, "by")) {
                throw tokens.error(aggregateOnly("ORDER BY", function), i);
            }
        }
    }

    private void requireOrder(List<CallSite.Actual> arguments) {
        Set<String> names = new HashSet<>();
        for (CallSite.Actual argument : arguments) {
            @Nullable String name = argument.name();
            if (name == null) {
                if (!names.isEmpty()) {
                    throw tokens.error(
                            PgException.error(
                                    SqlState.SYNTAX_ERROR, "positional argument cannot follow named argument"),
                            argument.nameToken());
                }
            } else if (!names.add(name)) {
                throw tokens.error(
                        PgException.error(SqlState.SYNTAX_ERROR, "argument name \"" + name + "\" used more than once"),
                        argument.nameToken());
            }
        }
    }

    /** What may stand behind the call of an aggregate or a window function only. */
    private void refuseClauses(String function, int behind) {
        boolean filter = tokens.isWord(behind, "filter") && tokens.is(behind + 1, "(");
        boolean within = tokens.isWord(behind, "within") && tokens.isWord(behind + 1, "group");
        boolean over = tokens.isWord(behind, "over") && (tokens.is(behind + 1, "(") || tokens.isIdentifier(behind + 1));
        if (filter || within) {
            throw tokens.error(aggregateOnly(filter ? "FILTER" : "WITHIN GROUP", function), behind);
        }
        if (over) {
            throw tokens.error(
                    PgException.error(
                            SqlState.WRONG_OBJECT_TYPE,
                            "OVER specified, but " + function + " is not a window function nor an aggregate function"),
                    behind);
        }
    }

    private static PgException aggregateOnly(String what, String function) {
        return PgException.error(
                SqlState.WRONG_OBJECT_TYPE,
                Characters.fold(what).toUpperCase(java.util.Locale.ROOT) + " specified, but " + function
                        + " is not an aggregate function");
    }
}
