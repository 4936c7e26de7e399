package io.pgclonedb.proxy.sql;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Plans the statements of a text. */
final class ScriptPlanner {
    /** In the whole text. */
    private static final int MOST_CALLS = 100;

    private static final Set<String> REFUSED_AS_A_WHOLE =
            Set.of(SqlState.SYNTAX_ERROR.code(), SqlState.PROGRAM_LIMIT_EXCEEDED.code());

    private final Script script;
    private final Tokens tokens;
    private final PlanOptions options;
    private int found;

    ScriptPlanner(Script script, PlanOptions options) {
        this.script = script;
        this.tokens = script.tokens();
        this.options = options;
    }

    /** Whether a statement holds a call, or a body with one. */
    boolean mentionsCall(Script.Range statement) {
        return !new Mentions(tokens, statement).calls().isEmpty()
                || RoutineBodies.call(tokens, statement, options) >= 0;
    }

    /** Throws what helps where one of our functions is named without parentheses. */
    void refuseBareName(Script.Range statement) {
        int name = new Mentions(tokens, statement).bareName();
        if (name >= 0) {
            throw tokens.error(CallErrors.withoutParentheses(tokens.name(name + 2)), name);
        }
    }

    /**
     * The plan for all statements.
     *
     * @throws PgException for what the server would say of the whole string before it runs any of it
     */
    Plan plan() {
        List<Edit> edits = new ArrayList<>();
        List<Plan.Part> parts = new ArrayList<>();
        int from = 0;
        for (Script.Range statement : script.statements()) {
            int to = tokens.get(statement.to() - 1).end();
            parts.add(part(statement, from, to, edits));
            from = Math.min(to + 1, tokens.start(statement.to()) + 1);
        }
        ServedStatement whole = text(0, tokens.text().length(), edits);
        return new Plan.Several(whole, parts);
    }

    private Plan.Part part(Script.Range statement, int from, int to, List<Edit> edits) {
        ServedStatement text = text(from, to, List.of());
        TransactionCommand transaction = TransactionCommand.of(tokens, statement);
        try {
            refuseBareName(statement);
            if (mentionsCall(statement)) {
                return new Plan.Part(plan(statement, from, to, edits), text, transaction);
            }
            Parameters.of(tokens, statement, options);
            return new Plan.Part(new Plan.PassThrough(), text, transaction);
        } catch (PgException refusal) {
            if (REFUSED_AS_A_WHOLE.contains(refusal.sqlState())) {
                throw refusal;
            }
            // Its turn may never come, and its text must not be seen; an empty SELECT is good grammar.
            int start = tokens.start(statement.from());
            edits.add(new Edit(start, to, out -> out.add("SELECT", start)));
            return new Plan.Part(new Plan.Refused(refusal), text, transaction);
        }
    }

    private ServedStatement text(int from, int to, List<Edit> edits) {
        return new ServedStatement(
                Edit.apply(tokens.text(), from, to, edits), "", List.of(), 0, ServedStatement.Effect.NONE);
    }

    /**
     * The plan for one statement with calls.
     *
     * @param from offset at which what is sent begins
     * @param to offset behind it
     * @param edits gets what has been changed
     * @throws PgException when it is refused, whatever else is in it
     */
    Plan plan(Script.Range statement, int from, int to, List<Edit> edits) {
        int body = RoutineBodies.call(tokens, statement, options);
        if (body >= 0) {
            throw tokens.text().error(CallErrors.inBody(), body);
        }
        Parameters parameters = Parameters.of(tokens, statement, options);
        List<MatchedCall> calls = calls(statement);
        Command command = new CommandReader(tokens).read(statement);
        List<CallPlace> places;
        try {
            places = new CallPlaces(tokens, command, calls, options.extendedProtocol()).find();
        } catch (PgException refusal) {
            calls.forEach(call -> edits.add(callOfAnother(call.site())));
            return new Plan.Refused(refusal, text(from, to, edits));
        }
        String nonce = options.nonce().get();
        if (!nonce.chars().allMatch(c -> c < 0x80 && Character.isLetterOrDigit(c)) || nonce.isEmpty()) {
            throw new IllegalStateException("a nonce is made of letters and digits");
        }
        ArgumentSources sources = new ArgumentSources(tokens, options, parameters);
        return new Plan.Served(
                new Rewriter(tokens, parameters, sources, nonce).rewrite(from, to, command, calls, places, edits));
    }

    /** What the grammar takes wherever it takes a call. */
    private Edit callOfAnother(CallSite site) {
        int start = tokens.start(site.first());
        return new Edit(start, tokens.get(site.close()).end(), out -> out.add("pg_catalog.version()", start));
    }

    private List<MatchedCall> calls(Script.Range statement) {
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
            if (found == MOST_CALLS) {
                throw tokens.error(CallErrors.tooLong(), first);
            }
            found++;
            calls.add(call);
        }
        return calls;
    }
}
