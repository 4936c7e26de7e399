package io.pgclonedb.it.oracle;

import java.util.List;
import java.util.Map;

/** The calls that scripts may make: what is settled already, and what is refused. */
final class RecordedCalls {
    static final List<RecordedCall> ALL = List.of(
            RecordedCall.of("help", Map.of()),
            RecordedCall.of("help", Map.of("function_name", "'open_database'")),
            RecordedCall.of("help", Map.of("function_name", "'close_database'")),
            RecordedCall.of("help", Map.of("function_name", "'no_such_function'")),
            RecordedCall.of("show_config", Map.of()),
            audit("2"),
            audit("3"),
            audit("0"),
            RecordedCall.of("get_audit_log", Map.of("filter_operation", "'drop_role'")),
            open("'orc_open'"),
            open("'orc_more'"),
            open("'orc_missing'"),
            open("'another_open'"),
            open("NULL"),
            open("''"),
            RecordedCall.of("close_database", Map.of("dbname", "'orc_closed'")),
            RecordedCall.of("close_database", Map.of("dbname", "'orc_closed'", "terminate_backends", "false")),
            RecordedCall.of("drop_database", Map.of("dbname", "'orc_closed'")),
            RecordedCall.of("drop_database", Map.of("dbname", "'orc_missing'", "force", "false")),
            RecordedCall.of("create_database", Map.of("dbname", "'orc_open'", "template", "'orc_closed'")),
            RecordedCall.of("create_database", Map.of("dbname", "'orc_new'", "template", "'orc_missing'")),
            RecordedCall.of("create_role", Map.of("rolename", "'orc_role'", "password", "'S3cret!'")),
            RecordedCall.of("configure", Map.of()),
            RecordedCall.of("configure", Map.of("min_free_bytes", "0")));

    private RecordedCalls() {}

    private static RecordedCall open(String database) {
        return RecordedCall.of("open_database", Map.of("dbname", database));
    }

    /** The rows of refused calls that were made before any script runs, so that they stay the same. */
    private static RecordedCall audit(String maxRows) {
        return RecordedCall.of("get_audit_log", Map.of("max_rows", maxRows, "filter_operation", "'drop_role'"));
    }
}
