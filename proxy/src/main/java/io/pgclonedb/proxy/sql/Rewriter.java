package io.pgclonedb.proxy.sql;

import io.pgclonedb.policy.FunctionKind;
import java.util.ArrayList;
import java.util.List;

/** Writes the statement that the server gets in place of the client's. */
final class Rewriter {
    private final Tokens tokens;
    private final Parameters parameters;
    private final ArgumentSources sources;
    private final String nonce;
    private final CarrierWriter carriers;

    Rewriter(Tokens tokens, Parameters parameters, ArgumentSources sources, String nonce) {
        this.tokens = tokens;
        this.parameters = parameters;
        this.sources = sources;
        this.nonce = nonce;
        this.carriers = new CarrierWriter(tokens, nonce);
    }

    /**
     * Rewrites a statement.
     *
     * @param from offset at which what is sent begins
     * @param to offset behind it
     * @param calls in the order of the text
     * @param places of the calls
     * @param edits gets what has been changed
     */
    ServedStatement rewrite(
            int from, int to, Command command, List<MatchedCall> calls, List<CallPlace> places, List<Edit> edits) {
        List<Edit> own = new ArrayList<>();
        List<PlannedCall> planned = new ArrayList<>();
        int hidden = parameters.highest();
        for (int i = 0; i < calls.size(); i++) {
            MatchedCall call = calls.get(i);
            PlannedCall plan = plan(i, call, places.get(i), call.acts() ? 0 : ++hidden);
            planned.add(plan);
            addEdits(call, places.get(i), plan, own);
        }
        boolean acts = calls.stream().anyMatch(MatchedCall::acts);
        if (command instanceof Command.Call) {
            own.add(replace(command.query().from(), "SELECT"));
        } else if (command instanceof Command.DeclareCursor declare && acts && !declare.forward()) {
            // Whoever scrolls back would have the same row run again.
            own.add(replace(declare.cursor(), "NO SCROLL CURSOR"));
        }
        edits.addAll(own);
        return new ServedStatement(
                Edit.apply(tokens.text(), from, to, own),
                nonce,
                planned,
                parameters.highest(),
                ServedStatement.Effect.of(command));
    }

    private Edit replace(int token, String text) {
        int start = tokens.start(token);
        return new Edit(start, tokens.get(token).end(), out -> out.add(text, start));
    }

    private PlannedCall plan(int index, MatchedCall call, CallPlace place, int hidden) {
        int column = 0;
        if (!call.acts()) {
            column = -1;
        } else if (place instanceof CallPlace.SelectItem item) {
            column = item.column();
        }
        int position = tokens.text().position(origin(call));
        return new PlannedCall(index, call.function(), column, position, hidden, sources.of(call), call.types());
    }

    private void addEdits(MatchedCall call, CallPlace place, PlannedCall plan, List<Edit> edits) {
        int from = origin(call);
        int to = tokens.get(call.site().close()).end();
        if (place instanceof CallPlace.FromItem item) {
            edits.add(new Edit(from, to, out -> writeTable(call, item, plan, out)));
        } else if (place instanceof CallPlace.SelectItem item) {
            edits.add(new Edit(from, to, out -> {
                writeValue(call, plan, out);
                nameUnless(item.hasAlias(), call, out);
            }));
        } else if (place instanceof CallPlace.RowsInList rows) {
            edits.add(new Edit(from, to, out -> {
                out.add(rowsAlias(plan), from);
                nameUnless(rows.unnamed() != call.site().close(), call, out);
            }));
            if (rows.unnamed() > call.site().close()) {
                int end = tokens.get(rows.unnamed()).end();
                edits.add(new Edit(end, end, out -> nameUnless(false, call, out)));
            }
            edits.add(rowsInFrom(call, rows.select(), plan));
        } else {
            edits.add(new Edit(from, to, out -> writeValue(call, plan, out)));
        }
    }

    /** The value of a call that returns one text. */
    private void writeValue(MatchedCall call, PlannedCall plan, RewrittenText out) {
        if (call.acts()) {
            carriers.write(call, plan.index(), plan.arguments(), out);
        } else {
            rows().write(call, plan, out);
        }
    }

    /** A function that returns one text is a table of one column there, which has the table's name. */
    private void writeTable(MatchedCall call, CallPlace.FromItem item, PlannedCall plan, RewrittenText out) {
        int origin = origin(call);
        boolean lateral = tokens.isWord(call.site().first() - 1, "lateral");
        out.add(lateral ? "" : "LATERAL ", origin);
        if (call.function().kind() == FunctionKind.READS_ROWS) {
            rows().write(call, plan, out);
        } else {
            out.add("(SELECT ", origin);
            writeValue(call, plan, out);
            out.add(" AS ", origin);
            int alias = item.alias() == null ? -1 : new Aliases(tokens).behind(call.site());
            if (alias < 0) {
                out.add(call.function().name(), origin);
            } else {
                out.copy(tokens.start(alias), tokens.get(alias).end());
            }
            out.add(")", origin);
        }
        nameUnless(item.alias() != null, call, out);
    }

    private void nameUnless(boolean named, MatchedCall call, RewrittenText out) {
        if (!named) {
            out.add(" AS " + call.function().name() + " ", origin(call));
        }
    }

    /** The rows of a call in a select list, which then shows each row whole. */
    private Edit rowsInFrom(MatchedCall call, Clauses.Select select, PlannedCall plan) {
        int origin = origin(call);
        boolean present = select.from() >= 0;
        int at = present ? tokens.get(select.from()).end() : listEnd(select.listEnd());
        return new Edit(at, at, out -> {
            out.add(present ? " LATERAL " : " FROM LATERAL ", origin);
            rows().write(call, plan, out);
            out.add(" AS " + rowsAlias(plan) + (present ? ", " : " "), origin);
        });
    }

    /** Behind the last token before one; a comment may follow, which must not swallow what is added. */
    private int listEnd(int token) {
        return tokens.get(token - 1).end();
    }

    private static String rowsAlias(PlannedCall plan) {
        return "pgclonedb_rows_" + plan.index();
    }

    private RowSourceWriter rows() {
        return new RowSourceWriter(tokens, carriers);
    }

    private int origin(MatchedCall call) {
        return tokens.start(call.site().first());
    }
}
