package io.pgclonedb.proxy.sql;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds SQL that uses a prepared statement or cursor by name. Where it holds calls, its rows must not be fetched past the proxy,
 * nor skipped.
 */
public final class NameUses {
    private static final String[] USES = {"execute", "fetch", "move"};
    private static final int SHORTEST = 4;
    private static final int LONGEST_WORD = 7;

    private final Tokens tokens;
    private final NameUse.Holders holders;

    private NameUses(Tokens tokens, NameUse.Holders holders) {
        this.tokens = tokens;
        this.holders = holders;
    }

    /**
     * What a text does with names that matter. Never throws.
     *
     * @param sql in the client's encoding
     */
    public static NameUse of(byte[] sql, PlanOptions options, NameUse.Holders holders) {
        SqlText text = new SqlText(sql, options.encoding());
        try {
            if (!mayUse(text, options)) {
                return new NameUse.None();
            }
            if (sql.length > CallPlanner.LONGEST) {
                return new NameUse.Refused(CallErrors.tooLong());
            }
            Tokens tokens = Tokens.of(text, options.standardConformingStrings());
            List<Script.Range> statements = Script.of(tokens).statements();
            NameUses uses = new NameUses(tokens, holders);
            if (statements.size() == 1) {
                return uses.of(statements.get(0));
            }
            boolean any = statements.stream().anyMatch(statement -> !(uses.of(statement) instanceof NameUse.None));
            return any ? new NameUse.InScript() : new NameUse.None();
        } catch (PgException unreadable) {
            // The server cannot read it either, and runs nothing of it.
            return new NameUse.None();
        }
    }

    /** Whether one of the words stands in a text, outside strings and comments. Keeps nothing, however long the text is. */
    private static boolean mayUse(SqlText text, PlanOptions options) {
        if (!holdsWord(text)) {
            return false;
        }
        Lexer lexer = new Lexer(text, options.standardConformingStrings());
        for (Token token = lexer.next(); token != null; token = lexer.next()) {
            int length = token.end() - token.start();
            boolean candidate = token.kind() == TokenKind.IDENTIFIER && length >= SHORTEST && length <= LONGEST_WORD;
            if (candidate && List.of(USES).contains(Characters.fold(text.shown(token.start(), token.end())))) {
                return true;
            }
        }
        return false;
    }

    private static boolean holdsWord(SqlText text) {
        for (int at = 0; at < text.length(); at++) {
            switch (text.at(at) | 0x20) {
                case 'e', 'f', 'm' -> {
                    if (startsWord(text, at)) {
                        return true;
                    }
                }
                default -> {}
            }
        }
        return false;
    }

    private static boolean startsWord(SqlText text, int at) {
        for (String word : USES) {
            int length = 0;
            while (length < word.length() && (text.at(at + length) | 0x20) == word.charAt(length)) {
                length++;
            }
            if (length == word.length()) {
                return true;
            }
        }
        return false;
    }

    private NameUse of(Script.Range statement) {
        int first = statement.from();
        int last = statement.to() - 1;
        if (tokens.isWord(first, "fetch", "move") && tokens.isIdentifier(last) && holders.cursor(tokens.name(last))) {
            return tokens.isWord(first, "fetch") && isForward(first + 1, last)
                    ? new NameUse.Fetch(tokens.name(last))
                    : refused(
                            last,
                            "the rows of cursor \"" + tokens.name(last) + "\" can only be fetched one after the other",
                            "They hold pgclonedb calls, which run as their rows are fetched: FETCH, FETCH FORWARD"
                                    + " count or FETCH ALL.");
        }
        if (tokens.isWord(first, "execute") && tokens.isIdentifier(first + 1)) {
            String name = tokens.name(first + 1);
            return holders.statement(name) ? new NameUse.Execute(name) : new NameUse.None();
        }
        return elsewhere(statement);
    }

    /** NEXT, FORWARD, ALL, a count, and FORWARD with one of these: what does not step over a row. */
    private boolean isForward(int from, int last) {
        int to = tokens.isWord(last - 1, "from", "in") ? last - 1 : last;
        int at = tokens.isWord(from, "forward") && from < to ? from + 1 : from;
        boolean count = tokens.isWord(at, "all") || tokens.kindIs(at, TokenKind.NUMBER);
        boolean next = at == from && tokens.isWord(at, "next");
        return at >= to || (at + 1 == to && (count || next));
    }

    /** EXPLAIN ANALYZE EXECUTE, CREATE TABLE AS EXECUTE and the like. */
    private NameUse elsewhere(Script.Range statement) {
        @Nullable String use = null;
        for (int i = statement.from(); i < statement.to(); i++) {
            if (tokens.isWord(i, USES)) {
                use = tokens.name(i);
            } else if (use != null && tokens.isIdentifier(i)) {
                String name = tokens.name(i);
                if (use.equals("execute") ? holders.statement(name) : holders.cursor(name)) {
                    return refused(
                            i,
                            "\"" + name + "\" holds a pgclonedb call and cannot be used here",
                            "EXECUTE it or FETCH from it in a statement of its own.");
                }
            }
        }
        return new NameUse.None();
    }

    private NameUse refused(int token, String message, String hint) {
        return new NameUse.Refused(tokens.error(
                PgException.error(SqlState.FEATURE_NOT_SUPPORTED, message).withHint(hint), token));
    }
}
