package io.pgclonedb.proxy.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which clause of which SELECT every token of a statement stands in, told by key words and parentheses ("SELECT" of PostgreSQL's
 * documentation). What stands in the parentheses of a function or an expression is an expression, whatever words are in it.
 */
final class Clauses {
    /** Where a token stands. */
    enum Clause {
        /** In the select list, in no parentheses of its own. */
        LIST,
        /** In FROM or USING where a table may stand. */
        FROM,
        /** In ROWS FROM. */
        ROWS_FROM,
        /** Anywhere else. */
        EXPRESSION
    }

    /**
     * A SELECT of any level.
     *
     * @param select the key word
     * @param listEnd the token behind its select list
     * @param from the key word of its FROM; -1 for none
     * @param end the token behind it
     */
    record Select(int select, int listEnd, int from, int end) {}

    /** Words that end a select list. */
    private static final String[] BEHIND_LIST = {
        "where", "group", "having", "window", "order", "limit", "offset", "fetch", "for", "into", "returning"
    };

    private static final String[] SET_OPERATIONS = {"union", "intersect", "except"};
    private static final String[] QUERIES = {"select", "with", "values", "table", "insert", "update", "delete", "merge"
    };

    private final Tokens tokens;
    private final Script.Range statement;
    private final Clause[] clauses;
    private final int[] selectOf;
    private final List<Open> opened = new ArrayList<>();
    private final Deque<Level> levels = new ArrayDeque<>();
    /** What stands behind the last run of opening parentheses. */
    private int inside;

    /** A SELECT whose end has not been met yet. */
    private static final class Open {
        private final int select;
        private final boolean outermost;
        private int listEnd = -1;
        private int from = -1;
        private int end = -1;

        private Open(int select, boolean outermost) {
            this.select = select;
            this.outermost = outermost;
        }
    }

    private enum Content {
        QUERY,
        JOIN,
        EXPRESSION
    }

    /** What a pair of parentheses holds. */
    private static final class Level {
        private final Content content;
        private Clause clause;
        private int select = -1;
        /** Behind the ON of a join. */
        private boolean condition;

        private Level(Content content, Clause clause) {
            this.content = content;
            this.clause = clause;
        }
    }

    private Clauses(Tokens tokens, Script.Range statement) {
        this.tokens = tokens;
        this.statement = statement;
        this.clauses = new Clause[statement.to() - statement.from()];
        this.selectOf = new int[clauses.length];
        Arrays.fill(selectOf, -1);
    }

    /** Looks at a statement, in time in proportion to its length. */
    static Clauses of(Tokens tokens, Script.Range statement) {
        Clauses found = new Clauses(tokens, statement);
        found.read();
        return found;
    }

    /** Where a token of the statement stands. */
    Clause clause(int token) {
        return clauses[token - statement.from()];
    }

    /** The SELECT whose clause a token stands in without parentheses between them; null for none. */
    @Nullable
    Select select(int token) {
        int index = selectOf[token - statement.from()];
        return index < 0 ? null : select(opened.get(index));
    }

    /** The first SELECT that is in no parentheses; null for none. */
    @Nullable
    Select outermost() {
        return opened.stream()
                .filter(open -> open.outermost)
                .findFirst()
                .map(this::select)
                .orElse(null);
    }

    /** Whether an item of a select list can begin at a token of it. */
    boolean beginsListItem(Select select, int token) {
        int before = token - 1;
        return tokens.is(before, ",")
                || before == select.select()
                || (before == select.select() + 1 && tokens.isWord(before, "all"));
    }

    /** Whether an item of FROM can begin at a token. */
    boolean beginsFromItem(int token) {
        int before = token - 1;
        return clause(token) == Clause.FROM
                && (tokens.is(before, ",")
                        || tokens.is(before, "(")
                        || tokens.isWord(before, "from", "join", "lateral", "using"));
    }

    private Select select(Open open) {
        int end = open.end < 0 ? statement.to() : open.end;
        return new Select(open.select, open.listEnd < 0 ? end : open.listEnd, open.from, end);
    }

    private void read() {
        levels.push(new Level(Content.QUERY, Clause.EXPRESSION));
        for (int i = statement.from(); i < statement.to(); i++) {
            if (tokens.is(i, ")") || tokens.is(i, "]")) {
                close(i);
            }
            Level level = levels.element();
            if (!tokens.is(i - 1, ".")) {
                switch (level.content) {
                    case QUERY -> inQuery(level, i);
                    case JOIN -> inFrom(level, i);
                    case EXPRESSION -> {}
                }
            }
            clauses[i - statement.from()] = level.clause;
            selectOf[i - statement.from()] = level.select;
            if (tokens.is(i, "(")) {
                open(level, i);
            } else if (tokens.is(i, "[")) {
                levels.push(new Level(Content.EXPRESSION, Clause.EXPRESSION));
            }
        }
        while (!levels.isEmpty()) {
            end(levels.pop(), statement.to());
        }
    }

    private void open(Level level, int parenthesis) {
        // Of a run of parentheses the end is looked for once.
        if (inside <= parenthesis) {
            inside = parenthesis + 1;
            while (tokens.is(inside, "(")) {
                inside++;
            }
        }
        if (tokens.isWord(inside, QUERIES)) {
            levels.push(new Level(Content.QUERY, Clause.EXPRESSION));
        } else if (!beginsFromItem(parenthesis)) {
            levels.push(new Level(Content.EXPRESSION, Clause.EXPRESSION));
        } else if (tokens.isWord(parenthesis - 1, "from") && tokens.isWord(parenthesis - 2, "rows")) {
            levels.push(new Level(Content.EXPRESSION, Clause.ROWS_FROM));
        } else {
            Level join = new Level(Content.JOIN, Clause.FROM);
            join.select = level.select;
            levels.push(join);
        }
    }

    private void close(int parenthesis) {
        if (levels.size() > 1) {
            end(levels.pop(), parenthesis);
        }
    }

    /** The SELECT of a level has ended. */
    private void end(Level level, int token) {
        if (level.content == Content.QUERY && level.select >= 0) {
            Open open = opened.get(level.select);
            open.end = token;
            if (open.listEnd < 0) {
                open.listEnd = token;
            }
        }
        level.select = -1;
    }

    private void inQuery(Level level, int token) {
        if (level.clause == Clause.LIST && tokens.isWord(token - 1, "as")) {
            return;
        }
        if (tokens.isWord(token, "select")) {
            end(level, token);
            opened.add(new Open(token, levels.size() == 1));
            level.select = opened.size() - 1;
            become(level, Clause.LIST);
        } else if (tokens.isWord(token, SET_OPERATIONS)) {
            end(level, token);
            become(level, Clause.EXPRESSION);
        } else if (tokens.isWord(token, "from") && !isDistinctFrom(token)) {
            from(level, token);
        } else if (tokens.isWord(token, BEHIND_LIST)) {
            endList(level, token);
            become(level, Clause.EXPRESSION);
        } else if (level.clause != Clause.LIST) {
            inFrom(level, token);
        }
    }

    private static void become(Level level, Clause clause) {
        level.clause = clause;
        level.condition = false;
    }

    private void from(Level level, int token) {
        endList(level, token);
        become(level, Clause.FROM);
        if (level.select >= 0 && opened.get(level.select).from < 0) {
            opened.get(level.select).from = token;
        }
    }

    private void endList(Level level, int token) {
        if (level.select >= 0 && opened.get(level.select).listEnd < 0) {
            opened.get(level.select).listEnd = token;
        }
    }

    /** Behind ON an expression stands, up to the next item; behind the USING of DELETE and MERGE an item. */
    private void inFrom(Level level, int token) {
        if (level.clause == Clause.FROM && tokens.isWord(token, "on")) {
            level.clause = Clause.EXPRESSION;
            level.condition = true;
        } else if (level.condition && (tokens.is(token, ",") || tokens.isWord(token, "join"))) {
            become(level, Clause.FROM);
        } else if (tokens.isWord(token, "using") && !tokens.is(token + 1, "(")) {
            become(level, Clause.FROM);
        }
    }

    /** IS DISTINCT FROM is an operator. */
    private boolean isDistinctFrom(int token) {
        return tokens.isWord(token - 1, "distinct") && !tokens.isWord(token - 2, "select");
    }
}
