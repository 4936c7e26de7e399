package io.pgclonedb.proxy.intercept;

import io.pgclonedb.proxy.sql.SessionSettings;
import java.time.Duration;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Time limits as the server shows them: a number and one of its units (PostgreSQL documentation, "Parameter Names and
 * Values").
 */
final class Timeouts {
    private static final Pattern SETTING = Pattern.compile("(\\d{1,10})(us|ms|s|min|h|d|)");

    private Timeouts() {}

    /** The shortest of the session's limits; null when it has none. */
    static @Nullable Duration of(SessionSettings settings) {
        return Stream.of(settings.statementTimeout(), Objects.requireNonNullElse(settings.transactionTimeout(), "0"))
                .map(Timeouts::parse)
                .filter(limit -> !limit.isZero())
                .min(Duration::compareTo)
                .orElse(null);
    }

    static Duration parse(String setting) {
        Matcher matcher = SETTING.matcher(setting);
        if (!matcher.matches()) {
            return Duration.ZERO;
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "us" -> Duration.ofNanos(number * 1000);
            case "s" -> Duration.ofSeconds(number);
            case "min" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> Duration.ofMillis(number);
        };
    }
}
