package io.pgclonedb.proxy.sql;

import io.pgclonedb.proxy.error.PgException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the server's errors about a rewritten statement into what it would say about the client's. */
public final class CarrierErrors {
    /** The check's name and the type it was given, in whatever language the message is. */
    private static final Pattern CHECK = Pattern.compile("pg_catalog\\.[a-z0-9_]+\\((.+), [^,()]+\\)");

    private CarrierErrors() {}

    /**
     * An error that comes from the type check of an argument, as one about the function called.
     *
     * @param sqlState field {@code C} of the server's ErrorResponse
     * @param message field {@code M}
     * @param position field {@code P}, characters from 1 into the rewritten text; 0 for none
     * @return empty when the error is the client's own affair: then only its position has to be mapped, by {@link
     *     PositionMap#original}
     */
    public static Optional<PgException> translate(
            ServedStatement statement, String sqlState, String message, int position) {
        if (position <= 0 || !sqlState.equals("42883")) {
            return Optional.empty();
        }
        PositionMap.Run run = statement.positions().run(position);
        if (run.copied() || run.call() < 0 || run.argument() < 0) {
            return Optional.empty();
        }
        PlannedCall call = statement.calls().get(run.call());
        Matcher check = CHECK.matcher(message);
        ArgumentTypes types =
                check.find() ? call.argumentTypes().with(run.argument(), check.group(1)) : call.argumentTypes();
        return Optional.of(CallErrors.noSuchFunction(call.function(), types).withPosition(call.position()));
    }
}
