package io.pgclonedb.proxy.sql;

import io.pgclonedb.policy.ArgumentType;
import java.util.Map;

/**
 * Writes carriers: the one text expression that the server evaluates in place of a call that acts. Every argument stands in a
 * function that takes its type and no other and leaves its value alone, so that the server accepts, converts and types what it
 * would for a real function.
 */
final class CarrierWriter {
    private final Tokens tokens;
    private final String nonce;

    CarrierWriter(Tokens tokens, String nonce) {
        this.tokens = tokens;
        this.nonce = nonce;
    }

    /** Adds the carrier of a call. */
    void write(MatchedCall call, int index, Map<String, ArgumentSource> sources, RewrittenText out) {
        int origin = tokens.start(call.site().first());
        out.add(
                "((pg_catalog.json_build_array('" + nonce + "'::pg_catalog.text, " + index
                        + ", pg_catalog.current_setting('statement_timeout')"
                        + ", pg_catalog.current_setting('transaction_timeout', true)"
                        + ", pg_catalog.current_setting('client_min_messages')"
                        + ", pg_catalog.current_setting('transaction_read_only')",
                origin);
        for (MatchedCall.Argument argument : call.arguments()) {
            out.add(", ", origin);
            if (sources.get(argument.parameter().name()) instanceof ArgumentSource.Secret) {
                out.add("NULL", origin);
            } else {
                check(argument, index, out);
            }
        }
        out.add("))::pg_catalog.text)", origin);
    }

    /** Adds an argument in the function that checks its type. */
    void check(MatchedCall.Argument argument, int call, RewrittenText out) {
        Script.Range expression = argument.actual().expression();
        int start = tokens.start(expression.from());
        ArgumentType type = argument.parameter().type();
        out.addCheck("pg_catalog." + function(type) + "(", start, call, argument.index());
        out.copy(start, tokens.get(expression.to() - 1).end());
        out.add(", " + neutral(type) + ")", start);
    }

    private static String function(ArgumentType type) {
        return switch (type) {
            case TEXT -> "textcat";
            case BOOLEAN -> "boolne";
            case INTEGER -> "int4pl";
            case BIGINT -> "int8pl";
            case TIMESTAMPTZ -> "timestamptz_larger";
            case INTERVAL -> "interval_pl";
        };
    }

    /** The second argument with which the function answers its first. */
    private static String neutral(ArgumentType type) {
        return switch (type) {
            case TEXT -> "''";
            case BOOLEAN -> "false";
            case INTEGER, BIGINT -> "0";
            case TIMESTAMPTZ -> "'-infinity'";
            case INTERVAL -> "'0'";
        };
    }
}
