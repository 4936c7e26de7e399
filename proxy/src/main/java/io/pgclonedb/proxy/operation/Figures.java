package io.pgclonedb.proxy.operation;

import java.time.Duration;
import java.util.Locale;

/** Sizes and durations as people read them, in the units of PostgreSQL's {@code pg_size_pretty}: a kB is 1024 bytes. */
final class Figures {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

    private Figures() {}

    /** Such as {@code 1.2 GB}; {@code bytes} may be negative. */
    static String size(long bytes) {
        double value = Math.abs((double) bytes);
        if (value < 1024) {
            return bytes == 1 ? "1 byte" : bytes + " bytes";
        }
        int unit = -1;
        // 1023.95 would be shown as 1024.0
        while (value >= 1023.95 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        return (bytes < 0 ? "-" : "") + String.format(Locale.ROOT, "%.1f %s", value, UNITS[Math.max(unit, 0)]);
    }

    /** The plain number of bytes with the readable size behind it, as a DETAIL gives it. */
    static String bytes(long bytes) {
        String plain = bytes == 1 ? "1 byte" : bytes + " bytes";
        return Math.abs((double) bytes) < 1024 ? plain : plain + " (" + size(bytes) + ")";
    }

    /** Such as {@code 3.4 s} or {@code 12 min 5 s}. */
    static String duration(Duration duration) {
        if (duration.toMillis() < 59_950) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        long seconds = Math.round(duration.toMillis() / 1000.0);
        if (seconds < 3600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
