package io.pgclonedb.proxy.operation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.pgclonedb.policy.Function;
import io.pgclonedb.policy.FunctionCatalog;
import io.pgclonedb.proxy.control.Settings;
import org.jspecify.annotations.Nullable;

/** {@code show_config}: the settings of the cluster, then every function with its state. */
final class ShowConfig implements Operation.Reading {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String read(OperationCall call) {
        Settings settings = call.settings();
        ArrayNode rows = JSON.createArrayNode();
        add(
                rows,
                "min_free_bytes",
                Long.toString(settings.minFreeBytes()),
                "bytes that must stay free on disk beside a clone; 0: only the clone must fit, -1: no check");
        @Nullable String retention = settings.auditRetention();
        add(
                rows,
                "audit_retention",
                retention == null ? "unlimited" : retention,
                "how long finished calls stay in the audit log");
        for (Function function : FunctionCatalog.functions()) {
            add(
                    rows,
                    function.name(),
                    function.isEnabled(call.enabled()) ? "enabled" : "disabled",
                    function.description());
        }
        return rows.toString();
    }

    private static void add(ArrayNode rows, String setting, String value, String description) {
        rows.addObject().put("setting", setting).put("value", value).put("description", description);
    }
}
