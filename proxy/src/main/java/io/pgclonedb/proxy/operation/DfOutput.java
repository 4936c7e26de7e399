package io.pgclonedb.proxy.operation;

import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code df -P -k} prints for one file: a header and one line of file system, 1024-blocks, used, available, capacity
 * and mount point (POSIX, "df"). The first and the last of these may hold spaces.
 */
final class DfOutput {
    private static final Pattern LINE =
            Pattern.compile("\\S.*?\\s+(-?\\d+)\\s+(-?\\d+)\\s+(-?\\d{1,15})\\s+(?:-?\\d+%|-)\\s+/.*");

    private DfOutput() {}

    /** Empty unless exactly one line says it. */
    static OptionalLong availableBytes(List<String> lines) {
        OptionalLong available = OptionalLong.empty();
        for (String line : lines) {
            Matcher match = LINE.matcher(line);
            if (match.matches()) {
                if (available.isPresent()) {
                    return OptionalLong.empty();
                }
                // Less than nothing is what is left when only the system's reserve remains.
                available = OptionalLong.of(Math.max(0, Long.parseLong(match.group(3))) * 1024);
            }
        }
        return available;
    }
}
