package io.pgclonedb.it.oracle;

import io.pgclonedb.it.oracle.SqlPositions.Cell;
import io.pgclonedb.policy.FunctionKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The positions as tables of the documentation. */
final class SqlPositionsTable {
    private static final List<FunctionKind> KINDS =
            List.of(FunctionKind.READS_TEXT, FunctionKind.READS_ROWS, FunctionKind.ACTS);

    private SqlPositionsTable() {}

    static String markdown() {
        return SqlPositions.SECTIONS.entrySet().stream()
                .map(section -> "\n## " + section.getKey() + "\n\n"
                        + "| place | statement | reads one text | reads rows | acts |\n|---|---|---|---|---|\n"
                        + section.getValue().stream()
                                .map(SqlPositionsTable::row)
                                .collect(Collectors.joining()))
                .collect(Collectors.joining());
    }

    private static String row(SqlPosition position) {
        return KINDS.stream()
                .map(kind -> cell(position, kind))
                .collect(Collectors.joining(
                        " | ", "| " + position.heading() + " | `" + position.shown() + "` | ", " |\n"));
    }

    /** One word where all protocols do the same. */
    private static String cell(SqlPosition position, FunctionKind kind) {
        Map<String, List<String>> protocols = Stream.of(Protocol.values())
                .map(protocol -> new Cell(position, kind, protocol))
                .filter(Cell::exists)
                .collect(Collectors.groupingBy(
                        cell -> cell.outcome().label(),
                        LinkedHashMap::new,
                        Collectors.mapping(cell -> cell.protocol().label(), Collectors.toList())));
        if (protocols.size() == 1) {
            return protocols.keySet().iterator().next();
        }
        return protocols.entrySet().stream()
                .map(entry -> String.join(", ", entry.getValue()) + ": " + entry.getKey())
                .collect(Collectors.joining("; "));
    }
}
