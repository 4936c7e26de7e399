package io.pgclonedb.proxy.sql;

import io.pgclonedb.policy.FunctionKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Writes the statement that the server gets in place of the client's. */
final class Rewriter {
    /** Writes what a part of the text becomes. */
    private interface Replacement {
        void write(RewrittenText out);
    }

    /** A part of the text, by offsets, and what it becomes. */
    private record Edit(int from, int to, Replacement replacement) {}

    private final Tokens tokens;
    private final Placement placement;
    private final Parameters parameters;
    private final ArgumentSources sources;
    private final String nonce;
    private final CarrierWriter carriers;

    Rewriter(Tokens tokens, Placement placement, Parameters parameters, ArgumentSources sources, String nonce) {
        this.tokens = tokens;
        this.placement = placement;
        this.parameters = parameters;
        this.sources = sources;
        this.nonce = nonce;
        this.carriers = new CarrierWriter(tokens, nonce);
    }

    /**
     * Rewrites a statement.
     *
     * @param calls in the order of the text
     * @param places of the calls
     */
    ServedStatement rewrite(List<MatchedCall> calls, List<CallPlace> places) {
        List<Edit> edits = new ArrayList<>();
        List<PlannedCall> planned = new ArrayList<>();
        int hidden = parameters.highest();
        for (int i = 0; i < calls.size(); i++) {
            MatchedCall call = calls.get(i);
            PlannedCall plan = plan(i, call, places.get(i), call.acts() ? 0 : ++hidden);
            planned.add(plan);
            addEdits(call, places.get(i), plan, edits);
        }
        edits.sort(Comparator.comparingInt(Edit::from));
        SqlText text = tokens.text();
        RewrittenText out = new RewrittenText(text);
        int at = 0;
        for (Edit edit : edits) {
            out.copy(at, edit.from());
            edit.replacement().write(out);
            at = edit.to();
        }
        out.copy(at, text.length());
        return new ServedStatement(out.bytes(), nonce, out.positions(), planned, parameters.highest());
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
            boolean rows = call.function().kind() == FunctionKind.READS_ROWS;
            edits.add(new Edit(from, to, out -> {
                if (rows) {
                    out.add(rowsAlias(plan), from);
                } else {
                    writeValue(call, plan, out);
                }
                nameUnless(item.hasAlias(), call, out);
            }));
            if (rows) {
                edits.add(rowsInFrom(call, plan));
            }
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
            int alias = item.alias() == null ? -1 : placement.alias(call.site());
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

    /** The rows of a call in the select list, which then shows each row whole. */
    private Edit rowsInFrom(MatchedCall call, PlannedCall plan) {
        Placement.Clause clause = placement.from();
        int origin = origin(call);
        int at = clause.present() ? tokens.get(clause.token()).end() : listEnd(clause.token());
        return new Edit(at, at, out -> {
            out.add(clause.present() ? " LATERAL " : " FROM LATERAL ", origin);
            rows().write(call, plan, out);
            out.add(" AS " + rowsAlias(plan) + (clause.present() ? ", " : " "), origin);
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
