package io.pgclonedb.proxy.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call as it stands in the text, by indexes of tokens.
 *
 * @param first the schema's name
 * @param close the closing parenthesis
 * @param name the function's, folded
 */
record CallSite(int first, int close, String name, List<Actual> arguments) {
    /**
     * An argument as it stands in the text.
     *
     * @param name of a named argument, folded; null for a positional one
     * @param nameToken the name, or the first token of the expression
     * @param expression without the name
     */
    record Actual(@Nullable String name, int nameToken, Script.Range expression) {}

    CallSite {
        arguments = List.copyOf(arguments);
    }

    boolean contains(int token) {
        return token >= first && token <= close;
    }
}
