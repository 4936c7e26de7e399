package io.pgclonedb.proxy.admin;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The {@code options} of an admin connection's startup packet. Settings that come with the startup packet win over those
 * of {@code ALTER DATABASE … SET} and {@code ALTER ROLE … SET} (PostgreSQL documentation, "Parameter Interaction via the
 * Configuration File" and "StartupMessage"), and they hold before anything is loaded or run in the database.
 */
final class PinnedOptions {
    /** How often a busy server process looks whether its client is still there. */
    static final String CONNECTION_CHECK_INTERVAL = "10s";

    private PinnedOptions() {}

    /** Options that every supported server understands; enough for a database whose owner is trusted. */
    static String everywhere(Duration lockTimeout) {
        return text(settings(lockTimeout));
    }

    /** All options that this server understands. */
    static String on(ServerTraits server, Duration lockTimeout) {
        Map<String, String> settings = settings(lockTimeout);
        if (server.noticesDeadClients()) {
            // A statement of a proxy that died (CREATE DATABASE above all) would otherwise run to its end.
            settings.put("client_connection_check_interval", CONNECTION_CHECK_INTERVAL);
        }
        if (server.version() >= 16) {
            settings.put("createrole_self_grant", "");
        }
        if (server.version() >= 17) {
            settings.put("event_triggers", "off");
            settings.put("transaction_timeout", "0");
        }
        return text(settings);
    }

    private static Map<String, String> settings(Duration lockTimeout) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("search_path", "pg_catalog,pg_temp");
        settings.put("role", "none");
        settings.put("local_preload_libraries", "");
        settings.put("standard_conforming_strings", "on");
        settings.put("default_transaction_read_only", "off");
        settings.put("default_transaction_isolation", "read committed");
        settings.put("default_transaction_deferrable", "off");
        settings.put("statement_timeout", "0");
        settings.put("lock_timeout", lockTimeout.toMillis() + "ms");
        settings.put("idle_in_transaction_session_timeout", "0");
        settings.put("idle_session_timeout", "0");
        settings.put("client_min_messages", "notice");
        settings.put("row_security", "on");
        settings.put("quote_all_identifiers", "off");
        settings.put("IntervalStyle", "postgres");
        // The server lets go of the locks of a proxy whose machine has gone after about a minute, not after hours.
        settings.put("tcp_keepalives_idle", "30");
        settings.put("tcp_keepalives_interval", "10");
        settings.put("tcp_keepalives_count", "3");
        settings.put("tcp_user_timeout", "60s");
        return settings;
    }

    private static String text(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(setting -> "-c " + setting.getKey() + "=" + escape(setting.getValue()))
                .collect(Collectors.joining(" "));
    }

    /** The server splits the options at white space unless a backslash stands before it. */
    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace(" ", "\\ ");
    }
}
