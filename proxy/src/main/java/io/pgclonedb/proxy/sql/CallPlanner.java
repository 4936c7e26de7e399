package io.pgclonedb.proxy.sql;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.util.ArrayList;
import java.util.function.Supplier;

/**
 * Decides what is to be done with the text of a Query or Parse in which {@link CallSearch} found something. What is not
 * understood for certain and may hold a call is refused: the server would log its passwords, and a schema of the same name
 * could catch it.
 */
public final class CallPlanner {
    /** Bytes; a longer text with a call is refused, one without goes on. */
    static final int LONGEST = 256 * 1024;

    private CallPlanner() {}

    /**
     * Plans a text. Takes time in proportion to its length; never throws.
     *
     * @param sql in the client's encoding, without the terminating zero; not changed
     */
    public static Plan plan(byte[] sql, PlanOptions options) {
        return guarded(() -> planned(new SqlText(sql, options.encoding()), options));
    }

    /**
     * Takes a text without calls apart into its statements. Never throws.
     *
     * @param sql of a Query, in the client's encoding, without the terminating zero; not changed
     */
    public static Plan script(byte[] sql, PlanOptions options) {
        return guarded(() -> {
            Tokens tokens = Tokens.of(new SqlText(sql, options.encoding()), options.standardConformingStrings());
            if (tokens.doubt() != null) {
                return new Plan.PassThrough();
            }
            Script script = Script.of(tokens);
            return new ScriptPlanner(script, options).plan();
        });
    }

    private static Plan guarded(Supplier<Plan> planning) {
        try {
            return planning.get();
        } catch (PgException refusal) {
            return new Plan.Refused(refusal);
        } catch (RuntimeException | StackOverflowError fault) {
            return new Plan.Refused(PgException.error(
                            SqlState.INTERNAL_ERROR, "the statement could not be searched for pgclonedb calls")
                    .withCause(fault));
        }
    }

    private static Plan planned(SqlText text, PlanOptions options) {
        if (!options.encoding().lexable()) {
            throw PgException.error(
                            SqlState.FEATURE_NOT_SUPPORTED,
                            "pgclonedb functions cannot be called with client encoding \""
                                    + options.encoding().name() + "\"")
                    .withHint("SET client_encoding TO 'UTF8' first.");
        }
        if (!namesSchema(text, options)) {
            return new Plan.PassThrough();
        }
        if (text.length() > LONGEST) {
            throw CallErrors.tooLong();
        }
        Script script = Script.of(Tokens.of(text, options.standardConformingStrings()));
        ScriptPlanner planner = new ScriptPlanner(script, options);
        if (script.statements().stream().noneMatch(planner::mentionsCall)) {
            script.statements().forEach(planner::refuseBareName);
            return new Plan.PassThrough();
        }
        text.requireValid();
        PgException doubt = script.tokens().doubt();
        if (doubt != null) {
            throw doubt;
        }
        if (script.statements().size() > 1) {
            if (options.extendedProtocol()) {
                throw PgException.error(
                        SqlState.SYNTAX_ERROR, "cannot insert multiple commands into a prepared statement");
            }
            return planner.plan();
        }
        Script.Range statement = script.statements().get(0);
        return planner.plan(statement, 0, text.length(), new ArrayList<>());
    }

    /** Whether any identifier is, or may be, the schema's name. Keeps nothing, however long the text is. */
    private static boolean namesSchema(SqlText text, PlanOptions options) {
        Lexer lexer = new Lexer(text, options.standardConformingStrings());
        RoutineBodies bodies = new RoutineBodies(text);
        boolean found = false;
        for (Token token = lexer.next(); token != null; token = lexer.next()) {
            found |= bodies.mayHoldCall(token);
            found |= switch (token.kind()) {
                case IDENTIFIER -> isSchema(text, token.start(), token.end());
                case QUOTED_IDENTIFIER -> isSchema(text, token.start() + 1, token.end() - 1);
                case UNICODE_IDENTIFIER -> true;
                default -> false;
            };
        }
        return found;
    }

    private static boolean isSchema(SqlText text, int from, int to) {
        return to - from == Mentions.SCHEMA.length()
                && Characters.fold(text.shown(from, to)).equals(Mentions.SCHEMA);
    }
}
