package io.pgclonedb.proxy.sql;

import io.pgclonedb.proxy.error.PgException;
import io.pgclonedb.proxy.error.SqlState;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds SQL that uses a prepared statement or portal by name. One that holds a call is served in the extended protocol only:
 * its carriers must not be executed or fetched past the proxy.
 */
public final class NameUses {
    private static final String[] USES = {"execute", "fetch", "move"};

    private NameUses() {}

    /**
     * The reason to refuse a text in which EXECUTE, FETCH or MOVE stands beside a name that matters; empty for any other text.
     * Never throws.
     *
     * @param sql in the client's encoding
     * @param holdsCall whether a prepared statement or portal of this name holds a call
     */
    public static Optional<PgException> refusal(byte[] sql, PlanOptions options, Predicate<String> holdsCall) {
        try {
            Tokens tokens = Tokens.of(new SqlText(sql, options.encoding()), options.standardConformingStrings());
            for (Script.Range statement : Script.of(tokens).statements()) {
                Optional<PgException> refusal = refusal(tokens, statement, holdsCall);
                if (refusal.isPresent()) {
                    return refusal;
                }
            }
        } catch (PgException unreadable) {
            // The server cannot read it either, and runs nothing of it.
        }
        return Optional.empty();
    }

    private static Optional<PgException> refusal(Tokens tokens, Script.Range statement, Predicate<String> holdsCall) {
        boolean uses = false;
        for (int i = statement.from(); i < statement.to(); i++) {
            if (tokens.isWord(i, USES)) {
                uses = true;
            } else if (uses && tokens.isIdentifier(i) && holdsCall.test(tokens.name(i))) {
                return Optional.of(tokens.error(
                        PgException.error(
                                        SqlState.FEATURE_NOT_SUPPORTED,
                                        "\"" + tokens.name(i)
                                                + "\" holds a pgclonedb call and cannot be used by name in SQL")
                                .withHint(
                                        "Execute it as the driver prepared it, or call the function in a plain SELECT."),
                        i));
            }
        }
        return Optional.empty();
    }
}
