package io.pgclonedb.proxy.sql;

import io.pgclonedb.policy.Function;
import io.pgclonedb.policy.FunctionKind;
import io.pgclonedb.proxy.error.PgException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Finds where the calls of one statement stand, and refuses those that are not served there. */
final class CallPlaces {
    private final Tokens tokens;
    private final Command command;
    private final List<MatchedCall> calls;
    private final boolean extendedProtocol;

    /** @param calls in the order of the text */
    CallPlaces(Tokens tokens, Command command, List<MatchedCall> calls, boolean extendedProtocol) {
        this.extendedProtocol = extendedProtocol;
        this.tokens = tokens;
        this.command = command;
        this.calls = List.copyOf(calls);
    }

    /**
     * The places, in the order of the text.
     *
     * @throws PgException 0A000 with the position of the first call that is not served
     */
    List<CallPlace> find() {
        boolean acts = calls.stream().anyMatch(MatchedCall::acts);
        for (MatchedCall call : calls) {
            checkCommand(call, acts);
        }
        if (command instanceof Command.Call) {
            return List.of(called());
        }
        Clauses clauses = Clauses.of(tokens, command.query());
        ReadingPlaces reading = new ReadingPlaces(tokens, clauses);
        List<CallPlace> acting = acts ? acting(clauses) : List.of();
        List<CallPlace> places = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            MatchedCall call = calls.get(i);
            places.add(call.acts() ? acting.get(i) : at(call, () -> reading.of(call.site(), call.function())));
        }
        return places;
    }

    private void checkCommand(MatchedCall call, boolean acts) {
        refuseIf(
                extendedProtocol && command instanceof Command.CopyQuery,
                call,
                "COPY takes no parameters, through which the answers would come: send it as a simple query.");
        boolean inside = command.query().contains(call.site().first());
        refuseIf(!inside, call, "It is no part of a query.");
        Command innermost = command instanceof Command.Explain explain ? explain.explained() : command;
        if (innermost instanceof Command.Other other) {
            throw refusal(call, call.acts() ? "The statement is not a plain SELECT." : other.detail());
        }
        if (acts) {
            boolean served = command instanceof Command.Call
                    || command instanceof Command.DeclareCursor
                    || innermost instanceof Command.Query;
            refuseIf(!served, call, "The statement is not a plain SELECT.");
            refuseIf(
                    command instanceof Command.Explain explain && explain.analyze(),
                    call,
                    "EXPLAIN ANALYZE runs the statement without giving its rows.");
            String obstacle = command instanceof Command.DeclareCursor declare ? declare.obstacle() : null;
            refuseIf(obstacle != null, call, "The cursor is declared " + obstacle + ".");
        }
    }

    /** CALL takes one function and nothing else. */
    private CallPlace called() {
        MatchedCall call = calls.get(0);
        boolean alone = call.site().first() == command.query().from() + 1
                && call.site().close() == command.query().to() - 1;
        refuseIf(
                !alone || call.function().kind() == FunctionKind.READS_ROWS,
                call,
                "CALL is for a function that answers one text.");
        return call.acts() ? new CallPlace.SelectItem(0, 0, false) : new CallPlace.Value();
    }

    private List<CallPlace> acting(Clauses clauses) {
        MatchedCall first = calls.stream().filter(MatchedCall::acts).findFirst().orElseThrow();
        Clauses.Select outermost = clauses.outermost();
        if (outermost == null || !tokens.isWord(command.query().from(), "select", "with")) {
            throw refusal(first, "The statement is not a plain SELECT.");
        }
        List<CallSite> sites = calls.stream().map(MatchedCall::site).toList();
        List<Function> functions = calls.stream().map(MatchedCall::function).toList();
        StatementShape shape =
                at(first, () -> StatementShape.of(MaskedStatement.of(tokens, command.query(), sites), calls.size()));
        PlaceRules rules = new PlaceRules(shape, functions);
        Placement placement = new Placement(tokens, clauses, outermost);
        for (int i = 0; i < calls.size(); i++) {
            if (calls.get(i).acts()) {
                CallPlace place = shape.places().get(i);
                boolean agreed = (place instanceof CallPlace.SelectItem && placement.inSelectList(sites.get(i)))
                        || (place instanceof CallPlace.FromItem && placement.inFrom(sites.get(i)));
                int call = i;
                at(calls.get(i), () -> {
                    rules.check(call);
                    return place;
                });
                refuseIf(!agreed, calls.get(i), "It is neither an item of the select list nor of FROM.");
            }
        }
        return shape.places();
    }

    private <T> T at(MatchedCall call, Supplier<T> look) {
        try {
            return look.get();
        } catch (PgException refusal) {
            throw refusal.position() > 0
                    ? refusal
                    : tokens.error(refusal, call.site().first());
        }
    }

    private void refuseIf(boolean refused, MatchedCall call, String detail) {
        if (refused) {
            throw refusal(call, detail);
        }
    }

    private PgException refusal(MatchedCall call, String detail) {
        return tokens.error(
                CallErrors.notHere(call.function()).withDetail(detail),
                call.site().first());
    }
}
