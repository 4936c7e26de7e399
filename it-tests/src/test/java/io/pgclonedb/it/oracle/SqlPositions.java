package io.pgclonedb.it.oracle;

import io.pgclonedb.policy.FunctionKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All places, and all cells of the table that they make with the protocols and the kinds of functions. */
final class SqlPositions {
    /** By heading, in the order of the documentation. */
    static final Map<String, List<SqlPosition>> SECTIONS = sections();

    private static final List<SqlPosition> LIST =
            SECTIONS.values().stream().flatMap(List::stream).toList();

    private SqlPositions() {}

    private static Map<String, List<SqlPosition>> sections() {
        Map<String, List<SqlPosition>> sections = new LinkedHashMap<>();
        sections.put("SELECT", SelectPositions.LIST);
        sections.put("Other statements", StatementPositions.LIST);
        sections.put("Cursors and prepared statements", CursorPositions.LIST);
        return sections;
    }

    /** A call of one kind, in one place, by one protocol. */
    record Cell(SqlPosition position, FunctionKind kind, Protocol protocol) {
        /** A statement without an argument has no parameter either. */
        boolean exists() {
            return protocol != Protocol.PARAMETER || position.hasArgument();
        }

        Outcome outcome() {
            return position.outcome(kind, protocol);
        }

        @Override
        public String toString() {
            return position + ", " + kind + ", " + protocol.label() + ": "
                    + outcome().label();
        }
    }

    static Stream<Cell> cells() {
        return LIST.stream()
                .flatMap(position -> Stream.of(FunctionKind.values())
                        .flatMap(kind ->
                                Stream.of(Protocol.values()).map(protocol -> new Cell(position, kind, protocol))))
                .filter(Cell::exists);
    }
}
