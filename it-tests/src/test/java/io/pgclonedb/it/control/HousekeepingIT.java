package io.pgclonedb.it.control;

import io.pgclonedb.it.waiting.Eventually;
import io.pgclonedb.proxy.control.AuditLog;
import io.pgclonedb.proxy.control.ControlDatabase;
import io.pgclonedb.proxy.control.Housekeeping;
import io.pgclonedb.proxy.control.RunningOperations;
import io.pgclonedb.proxy.control.SettingsChange;
import io.pgclonedb.proxy.control.SettingsStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HousekeepingIT {
    @Test
    void settlesAndDeletesWhatAnEarlierProxyLeftBehindAsSoonAsItStarts() throws Exception {
        try (ControlServer server = new ControlServer();
                ControlDatabase control = server.open()) {
            AuditLog audit = new AuditLog(control);
            RunningOperations operations = new RunningOperations(control, audit);
            SettingsStore settings = new SettingsStore(control, List.of());
            operations.begin(ControlServer.entry(10, "create_database", "left")).close();
            audit.denied(ControlServer.entry(10, "drop_database", "old"), "42501", "no");
            server.executeIn(server.name(), "UPDATE control.audit SET finished_at = finished_at - interval '2 days'");
            control.transaction(connection -> {
                settings.update(connection, new SettingsChange(null, "1 day", Map.of()));
                return true;
            });

            Housekeeping housekeeping =
                    Housekeeping.start(control, operations, row -> Optional.empty(), settings, audit);
            try {
                Eventually.isTrue(() -> "left unknown"
                        .equals(server.askControl(
                                "SELECT string_agg(target || ' ' || outcome, ',')" + " FROM control.audit")));
            } finally {
                housekeeping.close();
            }
        }
    }
}
