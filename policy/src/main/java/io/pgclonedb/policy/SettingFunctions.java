package io.pgclonedb.policy;

import static io.pgclonedb.policy.ArgumentType.BIGINT;
import static io.pgclonedb.policy.ArgumentType.INTEGER;
import static io.pgclonedb.policy.ArgumentType.INTERVAL;
import static io.pgclonedb.policy.ArgumentType.TEXT;
import static io.pgclonedb.policy.Parameter.optional;

import java.util.List;

/** Reading what there is, and configuring it. */
final class SettingFunctions {
    /**
     * The most rows that one call of get_audit_log answers. They travel to the server as one jsonb value, which ends at 256 MB:
     * this leaves more than 2 kB for each.
     */
    static final int MAX_AUDIT_ROWS = 100_000;

    private SettingFunctions() {}

    static List<CatalogEntry> entries() {
        return List.of(help(), getAuditLog(), configure(), showConfig());
    }

    private static CatalogEntry help() {
        Function function = new Function(
                "help",
                FunctionKind.READS_TEXT,
                List.of(optional("function_name", TEXT, "NULL")),
                List.of(),
                Access.ALWAYS,
                new Usage(
                        "Shows all functions, or one of them in full.",
                        "SELECT pgclonedb.help('create_database');",
                        List.of("Without function_name it lists everything.")));
        return new CatalogEntry(function, List.of(new KnownFunctionRule("function_name")), List.of());
    }

    private static CatalogEntry getAuditLog() {
        Function function = new Function(
                "get_audit_log",
                FunctionKind.READS_ROWS,
                List.of(optional("max_rows", INTEGER, "100"), optional("filter_operation", TEXT, "NULL")),
                List.of(
                        new ResultColumn("id", "bigint"),
                        new ResultColumn("started_at", "timestamptz"),
                        new ResultColumn("finished_at", "timestamptz"),
                        new ResultColumn("caller", "text"),
                        new ResultColumn("operation", "text"),
                        new ResultColumn("target", "text"),
                        new ResultColumn("arguments", "jsonb"),
                        new ResultColumn("outcome", "text"),
                        new ResultColumn("sqlstate", "text"),
                        new ResultColumn("message", "text"),
                        new ResultColumn("client_address", "text"),
                        new ResultColumn("application_name", "text")),
                Access.ON,
                new Usage(
                        "Lists the calls you made, newest first; a superuser sees everybody's.",
                        "SELECT * FROM pgclonedb.get_audit_log(max_rows := 20);",
                        List.of(
                                "filter_operation is the name of a function. max_rows goes up to 100000.",
                                "Secrets are never recorded.")));
        return new CatalogEntry(function, List.of(new RangeRule("max_rows", 1, MAX_AUDIT_ROWS)), List.of());
    }

    private static CatalogEntry configure() {
        Function function = new Function(
                "configure",
                FunctionKind.ACTS,
                List.of(
                        optional("min_free_bytes", BIGINT, "NULL"),
                        optional("enable", TEXT, "NULL"),
                        optional("disable", TEXT, "NULL"),
                        optional("audit_retention", INTERVAL, "NULL")),
                List.of(),
                Access.SUPERUSER,
                new Usage(
                        "Changes settings of the cluster; what is not given stays as it is. Superusers only.",
                        "SELECT pgclonedb.configure(enable := 'create_role, drop_role');",
                        List.of(
                                "min_free_bytes is what must stay free after cloning: 0 asks only that "
                                        + "the template fits, -1 asks nothing.",
                                "enable and disable take function names with commas between them, or all. "
                                        + "help, show_config and configure cannot be disabled.")));
        return new CatalogEntry(
                function,
                List.of(
                        new RangeRule("min_free_bytes", -1, Long.MAX_VALUE),
                        new FunctionListRule("enable"),
                        new FunctionListRule("disable"),
                        new DisableRule("enable", "disable")),
                List.of());
    }

    private static CatalogEntry showConfig() {
        Function function = new Function(
                "show_config",
                FunctionKind.READS_ROWS,
                List.of(),
                List.of(
                        new ResultColumn("setting", "text"),
                        new ResultColumn("value", "text"),
                        new ResultColumn("description", "text")),
                Access.ALWAYS,
                new Usage(
                        "Lists the settings, and which functions are enabled.",
                        "SELECT * FROM pgclonedb.show_config();"));
        return new CatalogEntry(function, List.of(), List.of());
    }
}
