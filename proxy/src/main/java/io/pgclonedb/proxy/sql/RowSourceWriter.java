package io.pgclonedb.proxy.sql;

import io.pgclonedb.policy.Function;
import io.pgclonedb.policy.FunctionKind;
import io.pgclonedb.policy.ResultColumn;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes what the server evaluates in place of a call that reads: a query over one hidden parameter, in which the proxy sends
 * what the call answers.
 */
final class RowSourceWriter {
    /** Types that the grammar itself knows; any other name could be another's in the caller's search_path. */
    private static final Set<String> KEYWORD_TYPES = Set.of("bigint", "boolean", "integer", "interval", "numeric");

    private final Tokens tokens;
    private final CarrierWriter checks;

    RowSourceWriter(Tokens tokens, CarrierWriter checks) {
        this.tokens = tokens;
        this.checks = checks;
    }

    /** Adds the query in parentheses, without a name. */
    void write(MatchedCall call, PlannedCall plan, RewrittenText out) {
        int hidden = plan.hiddenParameter();
        int index = plan.index();
        int origin = tokens.start(call.site().first());
        Function function = call.function();
        if (function.kind() == FunctionKind.READS_TEXT) {
            out.add("(SELECT ", origin);
            out.addHidden(hidden, origin);
            out.add("::pg_catalog.text AS " + function.name(), origin);
            writeParameters(call, index, out);
            out.add(")", origin);
        } else {
            out.add("(SELECT " + names(function) + " FROM pg_catalog.jsonb_array_elements(", origin);
            out.addHidden(hidden, origin);
            out.add(
                    "::pg_catalog.jsonb) WITH ORDINALITY AS e(v, n), LATERAL pg_catalog.jsonb_to_record(e.v) AS r("
                            + definitions(function) + ")",
                    origin);
            writeParameters(call, index, out);
            out.add(" ORDER BY e.n)", origin);
        }
    }

    /** Parameters among the arguments stay in the text, so that the server types and describes them; they decide nothing. */
    private void writeParameters(MatchedCall call, int index, RewrittenText out) {
        int origin = tokens.start(call.site().first());
        String before = " WHERE (true";
        for (MatchedCall.Argument argument : call.arguments()) {
            if (argument.expression().form() instanceof ArgumentForm.ParameterReference) {
                out.add(before + " OR ", origin);
                checks.check(argument, index, out);
                out.add(" IS NULL", origin);
                before = "";
            }
        }
        if (before.isEmpty()) {
            out.add(")", origin);
        }
    }

    private static String names(Function function) {
        return function.columns().stream().map(column -> "r." + quoted(column)).collect(Collectors.joining(", "));
    }

    private static String definitions(Function function) {
        return function.columns().stream()
                .map(column -> quoted(column) + " " + type(column))
                .collect(Collectors.joining(", "));
    }

    private static String quoted(ResultColumn column) {
        return "\"" + column.name() + "\"";
    }

    private static String type(ResultColumn column) {
        String type = column.type().toLowerCase(Locale.ROOT);
        return KEYWORD_TYPES.contains(type) || type.contains(" ") ? type : "pg_catalog." + type;
    }
}
