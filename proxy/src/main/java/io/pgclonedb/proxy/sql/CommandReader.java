package io.pgclonedb.proxy.sql;

import org.jspecify.annotations.Nullable;

/** Reads the first words of statements with calls (PostgreSQL documentation, "SQL Commands"). */
final class CommandReader {
    private static final String FROZEN = "The answer would be kept and go stale.";
    private static final String NO_QUERY = "The statement is not a query.";
    private static final String[] QUERIES = {"select", "with", "values", "insert", "update", "delete", "merge"};

    private final Tokens tokens;

    CommandReader(Tokens tokens) {
        this.tokens = tokens;
    }

    /** The command of a statement. */
    Command read(Script.Range statement) {
        int first = statement.from();
        if (isQuery(first)) {
            return new Command.Query(statement);
        }
        if (tokens.isWord(first, "explain")) {
            return explain(statement);
        }
        if (tokens.isWord(first, "declare")) {
            return declare(statement);
        }
        if (tokens.isWord(first, "copy") && tokens.is(first + 1, "(") && isQuery(first + 2)) {
            return new Command.CopyQuery(statement);
        }
        if (tokens.isWord(first, "call")) {
            return new Command.Call(statement);
        }
        if (tokens.isWord(first, "create")) {
            return create(statement);
        }
        if (tokens.isWord(first, "prepare")) {
            return new Command.Other(FROZEN, statement);
        }
        return new Command.Other(NO_QUERY, statement);
    }

    private boolean isQuery(int token) {
        return tokens.is(token, "(") || tokens.isWord(token, QUERIES);
    }

    private Command explain(Script.Range statement) {
        int at = statement.from() + 1;
        boolean analyze = false;
        if (tokens.is(at, "(")) {
            for (at++; at < statement.to() && !tokens.is(at, ")"); at++) {
                boolean off = tokens.isWord(at + 1, "off", "false") || isZero(at + 1);
                analyze |= tokens.isIdentifier(at) && tokens.name(at).startsWith("analy") && !off;
            }
            at++;
        } else {
            for (; tokens.isWord(at, "analyze", "analyse", "verbose"); at++) {
                analyze |= !tokens.isWord(at, "verbose");
            }
        }
        Script.Range explained = new Script.Range(Math.min(at, statement.to()), statement.to());
        boolean nested = tokens.isWord(at, "explain");
        return new Command.Explain(nested ? new Command.Other(NO_QUERY, explained) : read(explained), analyze);
    }

    private boolean isZero(int token) {
        return tokens.kindIs(token, TokenKind.NUMBER) && tokens.shown(token).equals("0");
    }

    private Command declare(Script.Range statement) {
        int name = statement.from() + 1;
        int cursor = name + 1;
        boolean forward = false;
        @Nullable String obstacle = null;
        for (; cursor < statement.to() && !tokens.isWord(cursor, "cursor"); cursor++) {
            if (tokens.isWord(cursor, "scroll")) {
                forward = tokens.isWord(cursor - 1, "no");
                obstacle = forward ? obstacle : "SCROLL";
            } else if (tokens.isWord(cursor, "binary")) {
                obstacle = "BINARY";
            }
        }
        int query = cursor + 1;
        for (; query < statement.to() && !tokens.isWord(query, "for"); query++) {
            if (tokens.isWord(query, "hold") && tokens.isWord(query - 1, "with")) {
                obstacle = "WITH HOLD";
            }
        }
        if (!tokens.isIdentifier(name) || !isQuery(query + 1)) {
            return new Command.Other(NO_QUERY, statement);
        }
        return new Command.DeclareCursor(
                tokens.name(name), cursor, obstacle, forward, new Script.Range(query + 1, statement.to()));
    }

    /** CREATE … TABLE … AS, with whatever stands between. */
    private Command create(Script.Range statement) {
        int kind = statement.from() + 1;
        while (tokens.isWord(kind, "global", "local", "temporary", "temp", "unlogged")) {
            kind++;
        }
        if (!tokens.isWord(kind, "table")) {
            return new Command.Other(FROZEN, statement);
        }
        int depth = 0;
        for (int i = kind + 1; i < statement.to(); i++) {
            if (tokens.is(i, "(")) {
                depth++;
            } else if (tokens.is(i, ")")) {
                depth--;
            } else if (depth == 0 && tokens.isWord(i, "as") && isQuery(i + 1)) {
                return new Command.CreateTableAs(new Script.Range(i + 1, statement.to()));
            }
        }
        return new Command.Other("It is part of a definition.", statement);
    }
}
