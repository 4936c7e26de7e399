package io.pgclonedb.it.oracle;

import java.util.stream.Collectors;

/** The list of differences as the documentation has it. */
final class DifferencesTable {
    private DifferencesTable() {}

    static String markdown() {
        return Differences.statements()
                .map(difference -> "| " + difference.name() + " | " + difference.postgresql() + " | "
                        + difference.proxy() + " | " + difference.reason() + " |\n")
                .collect(Collectors.joining(
                        "", "| what | PostgreSQL with real functions | the proxy | why |\n|---|---|---|---|\n", ""));
    }
}
