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
    /** The token that is the schema's name. */
    private final int first;

    private CallReader(Tokens tokens, Script.Range statement, int first) {
        this.tokens = tokens;
        this.statement = statement;
        this.first = first;
    }

    /**
     * Reads the call whose schema's name is at an index.
     *
     * @throws PgException for what PostgreSQL's grammar or its functions do not allow
     */
    static CallSite read(Tokens tokens, Script.Range statement, int first) {
        return new CallReader(tokens, statement, first).read();
    }

    private CallSite read() {
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
                arguments.add(argument(from, at));
                from = at + 1;
            }
        }
        if (at >= statement.to()) {
            throw tokens.syntaxError(at);
        }
        if (at > open + 1) {
            arguments.add(argument(from, at));
        }
        requireOrder(arguments);
        refuseClauses(at + 1);
        return new CallSite(first, at, tokens.name(first + 2), arguments);
    }

    private CallSite.Actual argument(int from, int to) {
        if (from == to) {
            throw tokens.syntaxError(to);
        }
        if (tokens.isWord(from, "distinct")) {
            throw notAggregate("DISTINCT");
        }
        if (tokens.isWord(from, "variadic", "all")) {
            throw tokens.error(CallErrors.notServed("VARIADIC and ALL cannot be used with pgclonedb functions"), from);
        }
        if (tokens.is(from, "*") && to == from + 1) {
            throw notAggregate(function() + "(*)");
        }
        boolean named = tokens.isIdentifier(from) && (tokens.is(from + 1, ":=") || tokens.is(from + 1, "=>"));
        int expression = named ? from + 2 : from;
        if (expression >= to) {
            throw tokens.syntaxError(to);
        }
        refuseOrderBy(expression, to);
        String name = named ? tokens.name(from) : null;
        return new CallSite.Actual(name, from, new Script.Range(expression, to));
    }

    private void refuseOrderBy(int from, int to) {
        int depth = 0;
        for (int i = from; i < to; i++) {
            if (tokens.is(i, "(") || tokens.is(i, "[")) {
                depth++;
            } else if (tokens.is(i, ")") || tokens.is(i, "]")) {
                depth--;
            } else if (depth == 0 && tokens.isWord(i, "order") && tokens.isWord(i + 1, "by")) {
                throw notAggregate("ORDER BY");
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
    private void refuseClauses(int behind) {
        boolean filter = tokens.isWord(behind, "filter") && tokens.is(behind + 1, "(");
        boolean within = tokens.isWord(behind, "within") && tokens.isWord(behind + 1, "group");
        boolean over = tokens.isWord(behind, "over") && (tokens.is(behind + 1, "(") || tokens.isIdentifier(behind + 1));
        if (filter || within) {
            throw notAggregate(filter ? "FILTER" : "WITHIN GROUP");
        }
        if (over) {
            throw wrongType(
                    "OVER specified, but " + function() + " is not a window function nor an aggregate function");
        }
    }

    private PgException notAggregate(String what) {
        return wrongType(what + " specified, but " + function() + " is not an aggregate function");
    }

    private PgException wrongType(String message) {
        return tokens.error(PgException.error(SqlState.WRONG_OBJECT_TYPE, message), first);
    }

    private String function() {
        return Mentions.SCHEMA + "." + tokens.name(first + 2);
    }
}
