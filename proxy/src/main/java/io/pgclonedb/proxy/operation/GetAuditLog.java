package io.pgclonedb.proxy.operation;

import io.pgclonedb.proxy.control.AuditLog;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code get_audit_log}: the calls of the caller's own role, or of everybody for a superuser. */
final class GetAuditLog implements Operation.Reading {
    private final AuditLog audit;

    GetAuditLog(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public String read(OperationCall call) {
        @Nullable
        Long owner =
                call.caller().superuser() ? null : Long.valueOf(call.caller().oid());
        int maxRows = Objects.requireNonNull(call.arguments().integer("max_rows"), "max_rows");
        return audit.rowsAsJson(owner, maxRows, call.optionalText("filter_operation"));
    }
}
