package io.pgclonedb.proxy.sql;

import io.pgclonedb.policy.Function;
import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.util.ArrayList;
import java.util.List;

/**
 * Decides what is to be done with the text of a Query or Parse in which {@link CallSearch} found something. What is not
 * understood for certain and may hold a call is refused: the server would log its passwords, and a schema of the same name
 * could catch it.
 */
public final class CallPlanner {
    /** Bytes; a longer text with a call is refused, one without goes on. */
    private static final int LONGEST = 256 * 1024;

    private static final int MOST_CALLS = 100;

    private CallPlanner() {}

    /**
     * Plans a text. Takes time in proportion to its length; never throws.
     *
     * @param sql in the client's encoding, without the terminating zero; not changed
     */
    public static Plan plan(byte[] sql, PlanOptions options) {
        try {
            return planned(new SqlText(sql, options.encoding()), options);
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
        for (Script.Range statement : script.statements()) {
            if (!new Mentions(script.tokens(), statement).calls().isEmpty()) {
                return served(script, statement, options);
            }
        }
        script.statements().forEach(statement -> refuseBareName(script.tokens(), statement));
        return new Plan.PassThrough();
    }

    /** Whether any identifier is, or may be, the schema's name. Keeps nothing, however long the text is. */
    private static boolean namesSchema(SqlText text, PlanOptions options) {
        Lexer lexer = new Lexer(text, options.standardConformingStrings());
        boolean found = false;
        for (Token token = lexer.next(); token != null; token = lexer.next()) {
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

    private static void refuseBareName(Tokens tokens, Script.Range statement) {
        int name = new Mentions(tokens, statement).bareName();
        if (name >= 0) {
            throw tokens.error(CallErrors.withoutParentheses(tokens.name(name + 2)), name);
        }
    }

    private static Plan served(Script script, Script.Range statement, PlanOptions options) {
        Tokens tokens = script.tokens();
        tokens.text().requireValid();
        PgException doubt = tokens.doubt();
        if (doubt != null) {
            throw doubt;
        }
        Parameters parameters = Parameters.of(tokens, options);
        List<MatchedCall> calls = calls(tokens, statement, options);
        int first = calls.get(0).site().first();
        if (script.statements().size() > 1) {
            throw tokens.error(
                    CallErrors.notServed("a string of several statements cannot call pgclonedb functions"), first);
        }
        Placement placement = new Placement(tokens, statement);
        List<CallPlace> places;
        try {
            places = places(tokens, statement, calls, placement);
        } catch (PgException refusal) {
            throw refusal.position() > 0 ? refusal : tokens.error(refusal, first);
        }
        String nonce = options.nonce().get();
        if (!nonce.chars().allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c)) || nonce.isEmpty()) {
            throw new IllegalStateException("a nonce is made of letters and digits");
        }
        ArgumentSources sources = new ArgumentSources(tokens, options, parameters);
        return new Plan.Served(new Rewriter(tokens, placement, parameters, sources, nonce).rewrite(calls, places));
    }

    private static List<MatchedCall> calls(Tokens tokens, Script.Range statement, PlanOptions options) {
        Mentions mentions = new Mentions(tokens, statement);
        CallMatcher matcher = new CallMatcher(tokens, options);
        List<MatchedCall> calls = new ArrayList<>();
        for (int first : mentions.calls()) {
            if (mentions.isQualifiedByDatabase(first)) {
                throw tokens.error(
                        CallErrors.notServed("pgclonedb functions cannot be called with a database name"), first - 2);
            }
            MatchedCall call = matcher.match(CallReader.read(tokens, statement, first));
            if (!calls.isEmpty() && calls.get(calls.size() - 1).site().contains(first)) {
                throw tokens.error(
                        CallErrors.notHere(call.function()).withDetail("It is an argument of another call."), first);
            }
            if (calls.size() == MOST_CALLS) {
                throw tokens.error(CallErrors.tooLong(), first);
            }
            calls.add(call);
        }
        return calls;
    }

    private static List<CallPlace> places(
            Tokens tokens, Script.Range statement, List<MatchedCall> calls, Placement placement) {
        if (!tokens.isWord(statement.from(), "select")) {
            throw CallErrors.notHere(calls.get(0).function()).withDetail("The statement is not a plain SELECT.");
        }
        List<CallSite> sites = calls.stream().map(MatchedCall::site).toList();
        List<Function> functions = calls.stream().map(MatchedCall::function).toList();
        StatementShape shape = StatementShape.of(MaskedStatement.of(tokens, statement, sites), calls.size());
        PlaceRules rules = new PlaceRules(shape, functions);
        for (int i = 0; i < calls.size(); i++) {
            CallPlace place = shape.places().get(i);
            boolean agreed = (place instanceof CallPlace.SelectItem && placement.inSelectList(sites.get(i)))
                    || (place instanceof CallPlace.FromItem && placement.inFrom(sites.get(i)));
            try {
                rules.check(i);
                if (!agreed) {
                    throw CallErrors.notHere(functions.get(i));
                }
            } catch (PgException refusal) {
                throw tokens.error(refusal, sites.get(i).first());
            }
        }
        return shape.places();
    }
}
