package io.pgclonedb.proxy.config;

import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads values in the forms of PostgreSQL's own configuration file (PostgreSQL documentation, "Parameter Names and Values"):
 * units of size are powers of 1024 and, like units of time, case matters only where PostgreSQL has two of them.
 */
final class Values {
    private static final Pattern QUANTITY = Pattern.compile("(\\d{1,18})\\s*([a-zA-Z]*)");
    private static final Map<String, Long> SIZES =
            Map.of("", 1L, "b", 1L, "kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30, "tb", 1L << 40);
    private static final Map<String, TemporalUnit> TIMES = Map.of(
            "us", ChronoUnit.MICROS,
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "min", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);
    private static final Duration LONGEST = Duration.ofDays(365);
    private static final Set<String> ON = Set.of("on", "true", "yes", "1");
    private static final Set<String> OFF = Set.of("off", "false", "no", "0");
    private static final int LAST_PORT = 65_535;

    private Values() {}

    /** Bytes. */
    static long size(String text) {
        Matcher quantity = QUANTITY.matcher(text);
        Long unit = quantity.matches() ? SIZES.get(quantity.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit == null) {
            throw new InvalidValueException("is not a size; write a number and one of B, kB, MB, GB, TB, such as 10GB");
        }
        try {
            return Math.multiplyExact(Long.parseLong(quantity.group(1)), unit);
        } catch (ArithmeticException tooLarge) {
            throw new InvalidValueException("is too large a size");
        }
    }

    static Duration time(String text) {
        Matcher quantity = QUANTITY.matcher(text);
        TemporalUnit unit = quantity.matches() ? TIMES.get(quantity.group(2)) : null;
        if (unit == null) {
            throw new InvalidValueException(
                    "is not a time; write a number and one of us, ms, s, min, h, d, such as 30s");
        }
        long amount = Long.parseLong(quantity.group(1));
        if (amount > LONGEST.dividedBy(unit.getDuration())) {
            throw new InvalidValueException("is too long a time; the longest is 365d");
        }
        return Duration.of(amount, unit);
    }

    static boolean onOff(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (!ON.contains(word) && !OFF.contains(word)) {
            throw new InvalidValueException("is neither on nor off");
        }
        return ON.contains(word);
    }

    static int count(String text) {
        BigInteger number = text.matches("\\d{1,18}") ? new BigInteger(text) : BigInteger.ZERO;
        if (number.signum() <= 0 || number.bitLength() > 31) {
            throw new InvalidValueException("is not a whole number from 1 to " + Integer.MAX_VALUE + ", such as 100");
        }
        return number.intValueExact();
    }

    static int port(String text, int first) {
        int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
        if (port < first || port > LAST_PORT) {
            throw new InvalidValueException("has no valid port; it is a number from " + first + " to " + LAST_PORT);
        }
        return port;
    }

    /** Port 0 lets the system choose. */
    static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (host.isEmpty() || (host.indexOf(':') >= 0 && !bracketed)) {
            throw new InvalidValueException(
                    "is not an address with a port; write host:port, such as 127.0.0.1:6432 or [::1]:6432");
        }
        int port = port(text.substring(colon + 1), 0);
        InetSocketAddress address =
                new InetSocketAddress(bracketed ? host.substring(1, host.length() - 1) : host, port);
        if (address.isUnresolved()) {
            throw new InvalidValueException(
                    "names a host that this machine cannot resolve; check it, or write its address");
        }
        return address;
    }
}
