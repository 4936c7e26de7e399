package io.pgclonedb.proxy.sql;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.util.HashMap;
import java.util.Map;

/**
 * The parameters of a statement.
 *
 * @param uses how often each number stands in the text
 * @param highest the highest number in the text or declared; 0 for none
 */
record Parameters(Map<Integer, Integer> uses, int highest) {
    /** Bind counts them in two bytes. */
    private static final int MOST = 65535;

    /**
     * Collects them.
     *
     * @throws PgException in the simple protocol, which has none, and for numbers out of range
     */
    static Parameters of(Tokens tokens, Script.Range statement, PlanOptions options) {
        Map<Integer, Integer> uses = new HashMap<>();
        int highest = options.declaredParameterTypes().size();
        for (int i = statement.from(); i < statement.to(); i++) {
            if (tokens.kindIs(i, TokenKind.PARAMETER)) {
                int number = number(tokens, i);
                if (!options.extendedProtocol() || number == 0 || number > MOST) {
                    throw tokens.error(
                            PgException.error(SqlState.UNDEFINED_PARAMETER, "there is no parameter " + tokens.shown(i)),
                            i);
                }
                uses.merge(number, 1, Integer::sum);
                highest = Math.max(highest, number);
            }
        }
        return new Parameters(uses, highest);
    }

    /** The number of a parameter's token; too high ones are all the same. */
    static int number(Tokens tokens, int token) {
        String digits = tokens.shown(token).substring(1).replaceFirst("^0+(?=.)", "");
        return digits.length() > 6 ? MOST + 1 : Integer.parseInt(digits);
    }

    boolean usedOnce(int number) {
        return uses.getOrDefault(number, 0) == 1;
    }
}
