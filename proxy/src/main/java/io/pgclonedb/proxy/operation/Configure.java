package io.pgclonedb.proxy.operation;

import io.pgclonedb.policy.FunctionList;
import io.pgclonedb.proxy.control.SettingsChange;
import io.pgclonedb.proxy.control.SettingsStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code configure}: changes the settings that were given and leaves the others alone. */
final class Configure implements Operation.Transactional {
    private final SettingsStore settings;

    Configure(SettingsStore settings) {
        this.settings = settings;
    }

    @Override
    public String run(OperationCall call, Connection control) throws SQLException {
        @Nullable Long minFreeBytes = call.arguments().bigint("min_free_bytes");
        @Nullable String retention = call.optionalText("audit_retention");
        Set<String> enable = functions(call.optionalText("enable"));
        Set<String> disable = functions(call.optionalText("disable"));
        Map<String, Boolean> states = new HashMap<>();
        enable.forEach(name -> states.put(name, true));
        disable.forEach(name -> states.put(name, false));
        settings.update(control, new SettingsChange(minFreeBytes, retention, states));

        List<String> done = new ArrayList<>();
        if (minFreeBytes != null) {
            done.add("min_free_bytes set to " + minFreeBytes);
        }
        if (!enable.isEmpty()) {
            done.add("enabled " + String.join(", ", enable));
        }
        if (!disable.isEmpty()) {
            done.add("disabled " + String.join(", ", disable));
        }
        if (retention != null) {
            done.add("audit_retention set to " + retention);
        }
        return done.isEmpty() ? "nothing was given, so nothing was changed" : String.join("; ", done);
    }

    private static Set<String> functions(@Nullable String list) {
        return list == null ? Set.of() : FunctionList.parse(list).functions();
    }
}
